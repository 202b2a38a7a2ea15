import { capitalise, type Random } from './random';
import { ADJECTIVES, ADVERBS, CONJUNCTIONS, NOUNS, PLACES_AND_TIMES, SUBJECTS, VERBS } from './words';

/** English sentences from a small grammar. `rareWords` now and then replace a noun or an adjective. */
export class Prose {
  constructor(
    private readonly random: Random,
    private readonly rareWords: readonly string[],
  ) {}

  sentence(): string {
    if (this.random.chance(0.14)) return this.question();
    return this.statement() + (this.random.chance(0.06) ? '!' : '.');
  }

  /** `from` to `to` sentences. */
  paragraph(from: number, to: number): string {
    return Array.from({ length: this.random.whole(from, to) }, () => this.sentence()).join(' ');
  }

  private statement(): string {
    const { random } = this;
    const forms = [
      () => this.clause(),
      () => `${this.clause()} ${random.pick(CONJUNCTIONS)} ${lower(this.clause())}`,
      () => `${this.thing(true)} is ${this.adjective()} ${random.pick(CONJUNCTIONS)} ${lower(this.clause())}`,
      () => {
        const verb = random.pick(['is', 'was']);
        return `There ${verb} ${withArticle(`${this.adjective()} ${this.noun()}`)} ${random.pick(PLACES_AND_TIMES)}`;
      },
      () => `${this.thing(true)} was ${this.adjective()}, ${this.adjective()} and ${this.adjective()}`,
      () => `${capitalise(random.pick(PLACES_AND_TIMES))} ${lower(this.clause())}`,
      () => `If ${lower(this.clause())}, ${lower(this.clause())}`,
      () => `${this.thing(true)} and ${this.thing()} are ${this.adjective()}`,
      () => `It is ${this.adjective()} to ${random.pick(VERBS)[0]} ${this.thing()}`,
    ];
    return random.pick(forms)();
  }

  private question(): string {
    const { random } = this;
    const verb = () => random.pick(VERBS)[0];
    const forms = [
      () => `Where is ${this.thing()}?`,
      () => `How do I ${verb()} ${this.thing()}?`,
      () => `Can you ${verb()} ${this.thing()} ${random.pick(PLACES_AND_TIMES)}?`,
      () => `Why is ${this.thing()} so ${this.adjective()}?`,
      () => `When will ${lower(random.pick(SUBJECTS))} ${verb()} ${this.thing()}?`,
      () => `Did you ${verb()} ${this.thing()}?`,
      () => `Could you please ${verb()} ${this.thing()}?`,
      () => `What is the ${this.noun()} of ${this.thing()}?`,
    ];
    return random.pick(forms)();
  }

  /** Subject, verb, object, and sometimes when, where or how. */
  private clause(): string {
    const { random } = this;
    const subject = random.chance(0.6) ? random.pick(SUBJECTS) : this.thing(true);
    let text = `${subject} ${this.predicate()}`;
    if (random.chance(0.3)) text += ` ${random.pick(ADVERBS)}`;
    if (random.chance(0.35)) text += ` ${random.pick(PLACES_AND_TIMES)}`;
    return text;
  }

  private predicate(): string {
    const [base, past] = this.random.pick(VERBS);
    const form = this.random.next();
    if (form < 0.45) return `${past} ${this.thing()}`;
    if (form < 0.6) return `did not ${base} ${this.thing()}`;
    if (form < 0.72) return `will ${base} ${this.thing()}`;
    if (form < 0.82) return `can ${base} ${this.thing()}`;
    if (form < 0.9) return `wanted to ${base} ${this.thing()}`;
    return `had to ${base} ${this.thing()}`;
  }

  /** A noun phrase: "the old lamp", "my bag". */
  private thing(first = false): string {
    const adjective = this.random.chance(0.4) ? `${this.adjective()} ` : '';
    const noun = this.noun();
    const phrase = this.determined(adjective + noun);
    return first ? capitalise(phrase) : phrase;
  }

  private determined(noun: string): string {
    const form = this.random.next();
    if (form < 0.35) return `the ${noun}`;
    if (form < 0.6) return withArticle(noun);
    if (form < 0.75) return `my ${noun}`;
    if (form < 0.85) return `your ${noun}`;
    return `this ${noun}`;
  }

  private noun(): string {
    return this.random.chance(0.12) ? this.random.pick(this.rareWords) : this.random.pick(NOUNS);
  }

  private adjective(): string {
    return this.random.chance(0.06) ? this.random.pick(this.rareWords) : this.random.pick(ADJECTIVES);
  }
}

function withArticle(noun: string): string {
  return (/^[aeiou]/.test(noun) ? 'an ' : 'a ') + noun;
}

/** As inside a sentence; "I" stays large. */
function lower(text: string): string {
  return /^(I |I$)/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
