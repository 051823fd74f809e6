/** String literals of all three languages, templates included: they are never broken here. */
const literals = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g;

/** The line with its literals blotted out, character for character, so that what looks like code is code. */
const blot = (line: string): string => line.replace(literals, (literal) => '_'.repeat(literal.length));

const indentOf = (line: string): string => /^ */.exec(line)![0];

/** Breaks those lines of TypeScript that are longer than `width`, where the language lets a line go on. */
export function foldTypeScript(lines: readonly string[], width: number): readonly string[] {
  return lines.flatMap((line): readonly string[] => {
    if (line.length <= width) return [line];
    if (/^ *\/\/ /.test(line)) return foldComment(line, '// ', width);
    const margin = `${indentOf(line)}  `;
    const at = spaceToBreakAt(line, width);
    if (at > 0) return [line.slice(0, at), margin + line.slice(at + 1)];
    return foldBrackets(line, margin, width) ?? fill(line, margin, width);
  });
}

/** The last space outside brackets at which both halves fit; an `else if` stays whole. */
function spaceToBreakAt(line: string, width: number): number {
  const code = blot(line);
  const indent = indentOf(line).length;
  let [depth, found] = [0, 0];
  for (let at = indent; at <= width && at < code.length; at++) {
    if ('([{'.includes(code[at]!)) depth++;
    if (')]}'.includes(code[at]!)) depth--;
    const fits = indent + 2 + code.length - at - 1 <= width;
    if (depth === 0 && code[at] === ' ' && fits && !/\b(?:else|if)$/.test(code.slice(0, at))) found = at;
  }
  return found;
}

/** Breaks those lines of Python that are longer than `width`; there, a line goes on only inside brackets. */
export function foldPython(lines: readonly string[], width: number): readonly string[] {
  return lines.flatMap((line): readonly string[] => {
    if (line.length <= width) return [line];
    if (/^ *# /.test(line)) return foldComment(line, '# ', width);
    const margin = `${indentOf(line)}    `;
    const field = /^( *"[^"]+":) (\S+,)$/.exec(line);
    if (field) return [field[1]!, margin + field[2]!];
    const bracketed = line
      .replace(/^( *\w+ = )([\w.]+(?: or "")?)$/, '$1($2)')
      .replace(/^( *for \w+ in )([\w.]+):$/, '$1($2):')
      .replace(/^( *except )([\w.]+)( as \w+:)$/, '$1($2)$3');
    return foldBrackets(bracketed, margin, width) ?? [line];
  });
}

/** What stands in the first parentheses on lines of its own, if only the end of the line follows them. */
function foldBrackets(line: string, margin: string, width: number): readonly string[] | null {
  const code = blot(line);
  const open = code.indexOf('(');
  const close = code.lastIndexOf(')');
  if (open < 0 || close <= open + 1 || !/^\)(?:| as \w+)[;:,]?$/.test(code.slice(close))) return null;
  const inside = fill(margin + line.slice(open + 1, close), margin, width);
  return [line.slice(0, open + 1), ...inside, indentOf(line) + line.slice(close)];
}

/** As much as fits on each line, broken at spaces and before the dots of a chain. */
function fill(line: string, margin: string, width: number): readonly string[] {
  const code = blot(line);
  const lines: string[] = [];
  let from = indentOf(line).length;
  for (let room = width - from; code.length - from > room; room = width - margin.length) {
    const breaks = [...code.slice(from).matchAll(/ |(?<=[\w)\]])\??\.(?=[a-z])/g)].map(({ index }) => index);
    const at = breaks.findLast((index) => index > 0 && index <= room) ?? 0;
    if (at === 0) break;
    lines.push((lines.length === 0 ? indentOf(line) : margin) + line.slice(from, from + at));
    from += at + (code[from + at] === ' ' ? 1 : 0);
  }
  return [...lines, (lines.length === 0 ? indentOf(line) : margin) + line.slice(from)];
}

/** A comment over several lines, each with its mark. */
function foldComment(line: string, mark: string, width: number): readonly string[] {
  const head = indentOf(line) + mark;
  const lines: string[] = [];
  for (const word of line.slice(head.length).split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(head + word);
  }
  return lines;
}

/** A shell comment that keeps to a width. */
export const shellComment = (text: string, width: number): readonly string[] =>
  foldComment(`# ${text}`, '# ', width);
