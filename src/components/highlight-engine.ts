import bash from 'highlight.js/lib/languages/bash';
import python from 'highlight.js/lib/languages/python';
import typescript from 'highlight.js/lib/languages/typescript';
import { createLowlight } from 'lowlight';
import type { Highlighter } from './highlight.ts';
import type { Line, Span } from './line.ts';
import type { Style } from './theme.ts';

const styles: Readonly<Record<string, Style>> = {
  keyword: 'keyword',
  literal: 'number',
  number: 'number',
  string: 'string',
  comment: 'comment',
  title: 'name',
  attr: 'text',
  built_in: 'name',
};

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly properties?: { readonly className?: unknown };
  readonly children?: readonly Node[];
}

/** Makes a highlighter. What it has coloured once it remembers: a screen asks for the same code every frame. */
export function createHighlighter(): Highlighter {
  const lowlight = createLowlight({ typescript, python, curl: bash });
  const known = new Map<string, readonly Line[]>();
  return (code, language) => {
    const key = `${language}\n${code}`;
    let lines = known.get(key);
    if (!lines) {
      lines = toLines(lowlight.highlight(language, code) as Node);
      if (known.size > 50) known.clear();
      known.set(key, lines);
    }
    return lines;
  };
}

function toLines(root: Node): Line[] {
  const lines: Span[][] = [[]];
  const walk = (node: Node, style: Style): void => {
    if (node.type === 'text') {
      for (const [index, text] of (node.value ?? '').split('\n').entries()) {
        if (index > 0) lines.push([]);
        if (text) lines.at(-1)!.push({ text, style });
      }
      return;
    }
    const classes = node.properties?.className;
    const scope = Array.isArray(classes) ? String(classes[0]).replace(/^hljs-/, '') : '';
    for (const child of node.children ?? []) walk(child, styles[scope] ?? style);
  };
  walk(root, 'text');
  return lines;
}
