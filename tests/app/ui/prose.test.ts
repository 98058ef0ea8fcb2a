/** What chapters are written in: a few marks, links to the glossary, and nothing that runs. */
import { render, screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import Paragraphs from '../../../src/ui/Paragraphs.svelte';
import { paragraphsOf } from '../../../src/ui/prose';

const of = (text: string): unknown => paragraphsOf(text)[0];

describe('a piece of text:', () => {
  test.each([
    ['`add a0`', { kind: 'code', text: 'add a0' }],
    ['**much**', { kind: 'strong', text: 'much' }],
    ['*some*', { kind: 'emphasis', text: 'some' }],
    ['_some_', { kind: 'emphasis', text: 'some' }],
    [
      '[a frame](term:frame)',
      { kind: 'link', text: 'a frame', href: '/glossary/#frame', term: 'frame' },
    ],
    ['[home](/)', { kind: 'link', text: 'home', href: '/', term: null }],
    ['[RFC](https://a.org/)', { kind: 'link', text: 'RFC', href: 'https://a.org/', term: null }],
    ['[x](javascript:alert(1))', { kind: 'text', text: 'x' }],
    ['[x](//evil.example)', { kind: 'text', text: 'x' }],
    ['[x](term:"><b>)', { kind: 'text', text: 'x' }],
    ['a_b_c', { kind: 'text', text: 'a_b_c' }],
  ])('%s', (text, piece) => {
    expect((of(text) as unknown[])[0]).toEqual(piece);
  });
});

test('paragraphs are parted by empty lines', () => {
  expect(paragraphsOf('One\nline.\n\nTwo.')).toEqual([
    [{ kind: 'text', text: 'One line.' }],
    [{ kind: 'text', text: 'Two.' }],
  ]);
});

test('a term is a link that the pop-up knows; HTML is words', () => {
  render(Paragraphs, { text: 'A [frame](term:frame), no <b>bold</b>.' });
  const link = screen.getByRole('link', { name: 'frame' });
  expect(link).toHaveAttribute('href', '/glossary/#frame');
  expect(link).toHaveAttribute('data-term', 'frame');
  expect(screen.getByText(/no <b>bold<\/b>/)).toBeInTheDocument();
});
