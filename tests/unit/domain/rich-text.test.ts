import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { richNode } from '../../../src-main/contract/content.ts';
import type { RichNode } from '../../../src-main/contract/content.ts';
import { richText, safeHref } from '../../../src-main/domain/rich-text.ts';

const HOSTILE = [
  '<script>alert(1)</script>', '<img src=x onerror=alert(1) alt="a cat">', '<a href="javascript:alert(1)">x</a>', '<a href=" &#106;avascript:alert(1)">x</a>',
  '<iframe src="https://evil.example">fallback</iframe>', '<svg onload=alert(1)><a href="https://x.example">y</a></svg>', '<b onclick=alert(1)>',
  '<style>*{display:none}</style>', '<form action=x><input></form>', '<a href="data:text/html,x">d</a>', '<math><mi xlink:href="javascript:1">z</mi></math>',
  '<base href="https://evil.example">', '<meta http-equiv=refresh content="0">', '<object data=x></object>', '<p style="position:fixed">', '\u202eevil\u2066',
  '<template><p>t</p></template>', '<noscript><p title="</noscript><img src=x>">', '<div>'.repeat(40), '</p></p></a>', '<!-- --!><script>', '<a href="https://ok.example/">ok</a>',
];

function every(nodes: readonly RichNode[], check: (node: RichNode, depth: number) => void, depth = 1): void {
  for (const node of nodes) {
    check(node, depth);
    if ('c' in node) every(node.c, check, depth + 1);
  }
}

describe('platform HTML', () => {
  test('keeps what reads, and drops what runs or loads', () => {
    expect(richText('<p onclick=x>Hi <b>bold</b><script>alert(1)</script> <a href="https://a.example/x?y=1">there</a><img src=x alt="a cat"><br></p><blockquote>q</blockquote>')).toEqual([
      { t: 'p', c: [
        { t: 'text', v: 'Hi ' }, { t: 'strong', c: [{ t: 'text', v: 'bold' }] }, { t: 'text', v: ' ' },
        { t: 'link', href: 'https://a.example/x?y=1', c: [{ t: 'text', v: 'there' }] }, { t: 'text', v: 'a cat' }, { t: 'br' },
      ] },
      { t: 'quote', c: [{ t: 'text', v: 'q' }] },
    ]);
  });

  test('keeps links to http, https and mailto only, and absolute ones', () => {
    expect(['https://a.example', 'http://a.example/', 'mailto:a@b.example', 'javascript:alert(1)', 'JaVaScript:1', ' data:x', '/relative', '//a.example', 'file:///etc', 'java\nscript:1', 'https://a\u202e.example']
      .map(safeHref)).toEqual(['https://a.example/', 'http://a.example/', 'mailto:a@b.example', null, null, null, null, null, null, null, null]);
  });

  test('whatever is sent, nothing but known nodes comes out, links are safe and nesting ends', () => {
    const html = fc.array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(fc.property(html, (text) => {
      const nodes = richText(text);
      every(nodes, (node, depth) => {
        expect(depth).toBeLessThanOrEqual(26);
        if (node.t === 'link') expect(node.href).toMatch(/^(https?|mailto):/);
        if (node.t === 'text') expect(node.v).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      });
      for (const node of nodes) richNode.parse(node);
    }));
  });

  test('takes megabytes, and input made to be slow, and stays within what a desk can draw', () => {
    for (const html of ['<div>'.repeat(200_000), '<p>hello &amp; <b>x</b></p>'.repeat(50_000), 'a'.repeat(3_000_000), '&amp;'.repeat(200_000), '<a href="https://x.example">'.repeat(50_000), '<'.repeat(1_000_000)]) {
      let nodes = 0;
      let characters = 0;
      every(richText(html), (node) => {
        nodes += 1;
        if (node.t === 'text') characters += node.v.length;
      });
      expect(nodes).toBeLessThanOrEqual(5_000);
      expect(characters).toBeLessThanOrEqual(200_000);
    }
  });
});
