import { createContext, type MouseEvent, type ReactNode, useContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Client, useClient } from 'urql';
import type { Answer } from '../../../console/forms/answer.ts';
import { UndoBar, useNotices } from '../../../console/forms/undo.tsx';
import { isConflict, problemOf } from '../../../console/forms/user-errors.ts';
import { useSession } from '../../../console/session.tsx';

export interface Editor {
  /** Whether editing is offered. What is open stays open if it no longer is. */
  mayEdit: boolean;
  client: Client;
  /** Goes up with every change that was made here. */
  revision: number;
  /** Shows a dialog, which is told how it is closed. */
  open: (dialog: (close: () => void) => ReactNode) => void;
  /** After a dialog has saved: closes it and tells of it. */
  saved: (answer: Answer | undefined, text: string) => void;
  /** Does something at once that can be undone, and keeps the focus near. */
  run: (event: MouseEvent<HTMLElement>, write: () => Promise<Answer>, text: string) => void;
}

const EditorContext = createContext<Editor | undefined>(undefined);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) {
    throw new Error('there is no ModelEditor above');
  }
  return editor;
}

/**
 * What all sections of a model's page need to change it. Dialogs belong to the page and not to what
 * opened them: that may go, with the right to write or with a row, while something is being typed.
 */
export function ModelEditor(props: {
  isLive: boolean;
  /** Asks the server for the page anew. */
  reload: () => void;
  children: ReactNode;
}) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const { mayWrite } = useSession();
  const [dialog, setDialog] = useState<ReactNode>(null);
  const [revision, setRevision] = useState(0);
  const { reload } = props;
  const notices = useNotices(() => {
    reload();
    setRevision((before) => before + 1);
  });

  const tell = (answer: Answer | undefined, text: string) => {
    notices.tell(
      answer?.changeSet
        ? { text, changeSets: [...(answer.earlier ?? []), answer.changeSet] }
        : { text: t('forms.nothingChanged') },
    );
    setRevision((before) => before + 1);
  };
  const editor: Editor = {
    mayEdit: mayWrite && props.isLive,
    client,
    revision,
    open: (make) => setDialog(make(() => setDialog(null))),
    saved(answer, text) {
      setDialog(null);
      tell(answer, text);
    },
    run(event, write, text) {
      const heading = event.currentTarget.closest('section')?.querySelector('h2');
      void write().then((answer) => {
        const problem = problemOf(answer, t, i18n.language);
        if (problem === undefined) {
          tell(answer, text);
          // What was pressed may have gone with what it removed.
          if (document.activeElement === document.body) {
            heading?.focus();
          }
          return;
        }
        notices.tell({ text: problem, isBad: true });
        if (isConflict(answer.userErrors)) {
          reload();
        }
      });
    },
  };

  return (
    <EditorContext value={editor}>
      {props.children}
      <UndoBar notices={notices} />
      {dialog}
    </EditorContext>
  );
}
