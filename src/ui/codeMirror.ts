/**
 * The code editor: CodeMirror 6 with what editing a program of some hundred lines needs. Loaded
 * only when an editor is opened. Tab is not taken: it leads out of the editor as it leads in.
 */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { assembly } from './assemblyLanguage';
import type { CodeMark } from './code';

const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface)', color: 'var(--ink)' },
  '&.cm-focused': { outline: '3px solid var(--focus)', outlineOffset: '-3px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', fontSize: '0.875rem', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': {
    backgroundColor: 'var(--sunken)',
    color: 'var(--ink-soft)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--sunken)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'color-mix(in srgb, var(--cpu) 30%, transparent)' },
  '.cm-tooltip': {
    border: '1px solid var(--line-strong)',
    backgroundColor: 'var(--surface)',
    color: 'var(--ink)',
  },
});

export type Editor = {
  /** Replaces the whole text, as one change that can be undone. */
  setText: (text: string) => void;
  setMarks: (marks: readonly CodeMark[]) => void;
  /** Puts the cursor there and the focus into the editor. */
  goTo: (line: number, column: number) => void;
  destroy: () => void;
};

type Options = {
  readonly text: string;
  readonly label: string;
  readonly onchange: (text: string) => void;
};

/** The place of a line and column (both from 1), wherever the text ends meanwhile. */
function placeOf({ doc }: EditorState, line: number, column: number): number {
  const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
  return Math.min(to, from + Math.max(0, column - 1));
}

function diagnosticOf(state: EditorState, mark: CodeMark): Diagnostic {
  const from = placeOf(state, mark.line, mark.column);
  const to = placeOf(state, mark.line, mark.column + mark.lengthColumns);
  return { from, to, severity: 'error', message: mark.message };
}

export function edit(parent: HTMLElement, { text, label, onchange }: Options): Editor {
  const state = EditorState.create({
    doc: text,
    extensions: [
      lineNumbers(),
      lintGutter(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      keymap.of([...defaultKeymap, ...historyKeymap]),
      assembly,
      theme,
      EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
      EditorView.updateListener.of(({ docChanged, state: { doc } }) => {
        if (docChanged) onchange(doc.toString());
      }),
    ],
  });
  const view = new EditorView({ parent, state });
  return {
    setText: (insert) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert } }),
    setMarks: (marks) =>
      view.dispatch(
        setDiagnostics(
          view.state,
          marks.map((mark) => diagnosticOf(view.state, mark)),
        ),
      ),
    goTo: (line, column) => {
      const anchor = placeOf(view.state, line, column);
      view.dispatch({
        selection: { anchor },
        effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
      });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}
