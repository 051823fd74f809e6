/** Printable ASCII, and what we draw with: each a cell wide, and none a part of another character. */
const plain = /^[\x20-\x7e·–…›↑↓←→↪─-▟●○✓✗]*$/;

/** Whether each unit of a text is a character by itself, and a cell wide. */
export const isPlain = (text: string): boolean => plain.test(text);
