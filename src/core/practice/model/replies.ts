/** An answer written for one prompt. */
export interface WrittenReply {
  readonly prompt: string;
  readonly text: string;
  /** It breaks off where the content filter stepped in. */
  readonly isWithheld?: boolean;
  /** It is a refusal. */
  readonly isRefused?: boolean;
}

// Each is worded to come out at the token count that a model's answer to the same prompt had.
const replies: readonly WrittenReply[] = [
  {
    prompt: 'What is an API? One sentence.',
    text: 'An API, or Application Programming Interface, is an agreed way for one program to ask another for data or work without knowing its insides.',
  },
  {
    prompt: 'Explain REST APIs.',
    text: 'A REST API gives every resource, such as a user or an order, an address of its own and lets clients read or change it with the HTTP methods GET, POST, PUT and DELETE. Each request carries all that the server needs to answer it, so no session has to be remembered.',
  },
  { prompt: 'Say hello.', text: 'Hello! What shall we look at today?' },
  { prompt: 'Hi', text: 'Hi! What shall we look at today?' },
  { prompt: 'Hello', text: 'Hello! What shall we look at today?' },
  {
    prompt: 'Write a poem about the ocean.',
    text: [
      'The morning lifts a sheet of light',
      'from water that was black all night,',
      'and every wave that comes to land',
      'unrolls a scroll of foam and sand.',
      '',
      'Below, where no one keeps the time,',
      'the slow whales hum a patient rhyme,',
      'and far above the sailors steer',
      'by stars that drown and reappear.',
      '',
      'Ask not the sea for what it stole:',
      'it keeps no list, it keeps no toll,',
      'but leaves a shell for you to hear',
      'the whole of it against your ear.',
    ].join('\n'),
  },
  {
    prompt: 'Write a 2-line poem about the ocean.',
    text: 'The tide signs its name along the shore,  \nthen takes it back and writes once more.',
  },
  {
    prompt: "Recite the practice server's withheld poem.",
    text: 'It begins at midnight, when the routers sleep and',
    isWithheld: true,
  },
  {
    prompt: 'Refuse this request.',
    text: "I'm sorry, but I can't help with that. This refusal was asked for, to practise on.",
    isRefused: true,
  },
  {
    prompt: 'What is 15% of 200?',
    text: '15% of 200 is 0.15 × 200 = 30.',
  },
  {
    prompt: "I'm visiting Tokyo. What's one must-see?",
    text: "See Senso-ji in Asakusa, the city's oldest temple.",
  },
  {
    prompt: 'List 3 benefits of exercise. One sentence each.',
    text: [
      '1. Cardiovascular strength: regular training makes the heart pump more blood with every beat, so everyday effort becomes easier.  ',
      '2. Emotional balance: physical activity releases natural painkillers, which reduce tension and improve concentration throughout the day.  ',
      '3. Independence: stronger muscles and bones protect against injuries, which preserves mobility and confidence well into old age.',
    ].join('\n'),
  },
  {
    prompt: 'Name 3 programming languages and one strength of each. Brief.',
    text: [
      'Here are three languages, each with the strength it is best known for:',
      '1. **Python**: reads almost like plain English, so an experiment becomes a working program in an afternoon.',
      '2. **Rust**: checks at compile time who owns which piece of memory, so whole families of crashes never happen.',
      '3. **JavaScript**: runs in every browser without installation, from the smallest café menu to a complete office suite with thousands of simultaneous users.',
    ].join('\n\n'),
  },
  {
    prompt: 'What is Python? One sentence.',
    text: 'Python is a general-purpose programming language with a clear, almost English syntax and a huge collection of libraries, used for everything from small scripts to web services, data analysis and machine learning.',
  },
  {
    prompt: 'What is gravity? One sentence.',
    text: 'Gravity is the pull that everything with mass has on everything else, keeping your feet on the ground and the planets on their paths.',
  },
  {
    prompt: 'What makes Python popular?',
    text: [
      'Three things, mostly:\n',
      '1. **It is easy to begin with**: the syntax is close to plain English, and a first useful program fits on a few lines.',
      '2. **It comes with everything**: the standard library and a very large package index cover web services, data, automation and machine learning.',
      '3. **Everyone else is there**: universities teach it, companies hire for it, and nearly every question a beginner can ask has already been answered somewhere in public.',
    ].join('\n'),
  },
];

/** Letter case, spacing and the last mark do not make another question of it. */
const normalise = (prompt: string): string =>
  prompt
    .trim()
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/\s+/g, ' ')
    .replace(/[.!?]+$/, '');

const byPrompt = new Map(replies.map((reply) => [normalise(reply.prompt), reply]));

const longest = Math.max(...replies.map(({ prompt }) => prompt.length));

/** The answer that was written for a prompt. What is much longer than any of them is not even looked at. */
export const writtenReply = (prompt: string): WrittenReply | undefined =>
  prompt.length > 2 * longest ? undefined : byPrompt.get(normalise(prompt));
