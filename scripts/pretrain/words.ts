/** Everyday words of the generated English, written for this purpose. */

const list = (text: string): string[] => text.trim().split(/\s+/);

export const NOUNS = list(`
  account address afternoon agent airport answer apple application arm article aunt baby bag balance ball bank
  battery bed bill bird blanket boat book bottle bowl box boy branch bread bridge brother building bus button
  cable cake camera car card case cat chair change charger child city class clock cloud coat code coffee colleague
  colour company computer contract corner country course cup customer date daughter day delivery desk dinner
  discount doctor document dog door dress driver egg email engine evening exam family farm father file film finger
  fire fish floor flower folder food forest form friend garden gate gift girl glass group guest guide hair hand
  hat heart hill holiday home hospital hotel hour house idea invoice island job journey key kitchen knife lake
  lamp language laptop lawyer leaf lesson letter library light line list lunch machine manager map market meal
  meeting member message milk minute mistake money month morning mother mountain mouse museum name neighbour
  newspaper night note number nurse office oil order owner page paper parcel parent park part partner party
  password path payment pen people person phone photo picture piece plan plant plate pocket police price printer
  problem product project question rain reason receipt refund report result return river road room rule sale salt
  school screen sea seat secretary service shelf ship shirt shoe shop sister size sky snow sofa song soup station
  step stone store story street student subscription sugar suit summer sun table teacher team tea telephone test
  thing ticket time tomato tool town toy train tree trip truck uncle update user vegetable video village visitor
  voice wall watch water way website week weather wheel wife wind window winter woman word work worker world year
`);

export const ADJECTIVES = list(`
  able angry bad beautiful big black blue bright broken brown busy careful cheap clean clear cold cool correct
  dark dear different difficult dirty dry early easy empty expensive extra fair famous fast favourite final fine
  first foreign free fresh friendly full funny general good great green happy hard healthy heavy high hot hungry
  important interesting kind large last late lazy light little local long loud low lucky main modern narrow near
  new next nice noisy normal old open orange perfect pink poor popular possible pretty private public quick quiet
  rare ready real red rich right round sad safe second serious sharp short simple slow small soft special strange
  strong sunny sweet tall thick thin tired true usual warm weak wet white whole wide wild wonderful wrong yellow
  young
`);

/** Base form and past, written `base/past`. */
export const VERBS = list(`
  ask/asked bring/brought build/built buy/bought call/called cancel/cancelled carry/carried change/changed
  check/checked choose/chose clean/cleaned close/closed collect/collected cook/cooked count/counted cover/covered
  cut/cut deliver/delivered draw/drew drop/dropped enjoy/enjoyed explain/explained fill/filled find/found
  finish/finished fix/fixed follow/followed forget/forgot get/got give/gave hear/heard help/helped hide/hid
  hold/held keep/kept know/knew leave/left like/liked lose/lost love/loved make/made measure/measured meet/met
  miss/missed move/moved need/needed notice/noticed open/opened order/ordered pack/packed paint/painted pay/paid
  pick/picked print/printed push/pushed read/read receive/received remember/remembered repair/repaired
  replace/replaced reset/reset return/returned save/saved see/saw sell/sold send/sent share/shared show/showed
  start/started stop/stopped take/took test/tested touch/touched try/tried update/updated use/used visit/visited
  want/wanted wash/washed watch/watched write/wrote
`).map((pair): [string, string] => {
  const [base = '', past = ''] = pair.split('/');
  return [base, past];
});

export const ADVERBS = list(`
  again already always carefully early easily finally happily here late later maybe never now often once outside
  perhaps quickly quietly rarely slowly sometimes soon still suddenly there today together tomorrow usually
  yesterday
`);

export const PLACES_AND_TIMES = [
  'in the morning',
  'at home',
  'at work',
  'near the river',
  'in the kitchen',
  'on the table',
  'next to the door',
  'after lunch',
  'before dinner',
  'last week',
  'next month',
  'on Monday',
  'on Tuesday',
  'on Friday',
  'in summer',
  'at the station',
  'under the bed',
  'by email',
  'by phone',
  'on the website',
  'in my bag',
  'at the shop',
  'two days ago',
  'for three weeks',
  'without a reason',
  'because of the rain',
  'with my friend',
  'for the children',
  'across the street',
  'during the meeting',
];

export const SUBJECTS = [
  'I',
  'We',
  'They',
  'He',
  'She',
  'You',
  'The team',
  'My friend',
  'Our neighbour',
  'The manager',
  'A customer',
  'The driver',
  'My sister',
  'Nobody',
  'Everyone',
  'The new student',
];

export const CONJUNCTIONS = [
  'and',
  'but',
  'so',
  'because',
  'while',
  'although',
  'when',
  'before',
  'after',
  'until',
  'if',
];
