import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import rememberedWidth from '../../src/components/string-width.ts';

test('a text takes the cells that string-width says, also where its length is taken for them', () => {
  const drawn = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code));
  for (const char of drawn) expect(rememberedWidth(`a${char}b`), char).toBe(stringWidth(`a${char}b`));
});
