/** Something small to try the whole loop with: a message comes in, the name of the team that answers it goes out. */
const TICKETS: readonly (readonly [text: string, label: string])[] = [
  ['My invoice shows the wrong amount.', 'billing'],
  ['I was charged twice for the same order.', 'billing'],
  ['Can I get a receipt for last month?', 'billing'],
  ['My card was refused although it is valid.', 'billing'],
  ['How do I change my payment method?', 'billing'],
  ['The refund has not arrived yet.', 'billing'],
  ['The app crashes when I open it.', 'technical'],
  ['I cannot sign in since this morning.', 'technical'],
  ['The page stays white after the update.', 'technical'],
  ['Search finds nothing any more.', 'technical'],
  ['I never receive the confirmation code.', 'technical'],
  ['The export ends with an error.', 'technical'],
  ['Where is my parcel?', 'delivery'],
  ['The courier left it at the wrong door.', 'delivery'],
  ['Can I still change the address?', 'delivery'],
  ['The tracking has not moved for a week.', 'delivery'],
  ['The box arrived damaged.', 'delivery'],
  ['When will the blue one ship?', 'delivery'],
  ['I would like to send the jacket back.', 'returns'],
  ['Where do I find the return label?', 'returns'],
  ['How long can I return things?', 'returns'],
  ['The size is wrong, can I swap it?', 'returns'],
  ['Do I pay for sending it back?', 'returns'],
  ['You sent me somebody else’s order.', 'returns'],
];

const SYSTEM = 'Name the team that answers this message.';

export const SAMPLE_NAME = 'Sample: which team answers';

export const sampleLines = (): string =>
  TICKETS.map(([text, label]) =>
    JSON.stringify({
      messages: [
        { role: 'system', content: SYSTEM },
        { role: 'user', content: text },
        { role: 'assistant', content: JSON.stringify({ team: label }) },
      ],
    }),
  ).join('\n');
