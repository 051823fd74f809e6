import { test } from 'vitest';
import { experiments, lessons } from '../../src/core/lessons/index.ts';
import { startApp } from '../helpers/pty.ts';

// A newcomer with no key: every lesson, with no other keys than those that the footer shows at that moment.
test.concurrent.for([
  { cols: 120, rows: 40 },
  { cols: 80, rows: 24 },
])(
  'all lessons are done with the keys in the footer, at $cols × $rows',
  async ({ cols, rows }, { expect }) => {
    const isWide = cols >= 100;
    await using app = startApp({ cols, rows });
    await app.waitFor(/q quit$/, 'home');
    const faults = app.watchFrames();
    app.choose('open');

    for (const { id, title } of experiments) {
      await app.waitFor(
        (now) => now.some((row) => row.includes(`${id}  ${title}`)) && app.footer().get('run') === 'Enter',
        `lesson ${id}`,
      );
      app.choose('guess');
      app.choose('run');
      await app.waitFor(/Enter run again/, `the end of ${id}`);
      if (!isWide) app.choose('lesson');
      const shown = await app.waitFor(/(✓ Right\.|✗ Answer:) /, `the verdict of ${id}`);
      expect(shown.join('\n')).toMatch(/1 ● .* your guess/);
      app.choose('next');
    }

    await app.waitFor(/When to stream[\s\S]*a voice assistant/, 'the page on when to stream');
    app.choose('next');
    await app.waitFor(/Nine things to take away/, 'the takeaways');
    const figures = new Set<string>();
    for (let before = ''; !figures.has('3e'); ) {
      const now = await app.waitFor((screen) => screen.join() !== before, 'more of the takeaways');
      for (const [, id = ''] of now.join('\n').matchAll(/your (\w\w): \S/g)) figures.add(id);
      expect(now.join('\n')).not.toContain('to see your own figure');
      before = now.join();
      if (app.footer().has('scroll')) app.press('down');
    }
    expect([...figures]).toEqual(['1b', '1a', '2a', '2b', '2c', '2d', '2f', '3a', '3e']);

    app.choose('home');
    const home = await app.waitFor(/q quit$/, 'home');
    expect(home[0]).toMatch(/13 of 13 *$/);
    for (const { title } of lessons) expect(home.join('\n')).toContain(title);
    expect(home.join('\n').match(/✓ done/g)).toHaveLength(13);
    expect(faults()).toEqual([]);
  },
);
