import { writeFileSync } from 'node:fs';
import { OpenAI } from 'openai';

// A loop over a stream as one writes it: a script with the SDK from its package.

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const [baseURL = '', file = ''] = process.argv.slice(2);
const client = new OpenAI({ apiKey: 'none', baseURL });
const startCpuMs = cpuMs();
const stream = await client.chat.completions.create({
  model: 'gpt-4o-mini',
  messages: [{ role: 'user', content: 'Tell me about the stars.' }],
  stream: true,
});
let length = 0;
for await (const chunk of stream) length += chunk.choices[0]?.delta.content?.length ?? 0;
if (length === 0) throw new Error('no text came');
writeFileSync(file, JSON.stringify({ cpuMs: cpuMs() - startCpuMs }));
