import { CodeOutlined, FolderOpenOutlined, SaveOutlined } from '@ant-design/icons';
import { tryParseJSONC, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { Button } from 'antd';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../console/store.ts';
import { CopyDialog } from '../copy-as/copy-dialog.tsx';
import type { Given } from '../copy-as/request.ts';
import { SaveDialog } from './save-dialog.tsx';
import { SavedDrawer } from './saved-drawer.tsx';
import { type SavedQuery, savedQueries } from './saved-queries.ts';

type Open =
  | { kind: 'list' }
  | { kind: 'save'; query: string; variables: string; name: string }
  | { kind: 'copy'; given: Given | undefined };

/** What the console adds to GraphiQL. It stands in the bar above, and knows the tab that is open. */
export function Tools({ bar }: { bar: HTMLElement | null }) {
  const { t } = useTranslation();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const operationName = useGraphiQL((state) => state.operationName);
  const { addTab } = useGraphiQLActions();
  const saved = useStore(savedQueries);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);

  const texts = () => ({
    query: queryEditor?.getValue() ?? '',
    variables: variableEditor?.getValue() ?? '',
  });
  const openSaved = ({ query, variables }: SavedQuery) => {
    close();
    // What is open stays: only an empty tab is filled.
    if (texts().query.trim() !== '') {
      addTab();
    }
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables);
    // When the list is gone, which keeps the focus within itself.
    requestAnimationFrame(() => queryEditor?.focus());
  };
  if (!bar) {
    return null;
  }
  return createPortal(
    <>
      <Button icon={<FolderOpenOutlined aria-hidden />} onClick={() => setOpen({ kind: 'list' })}>
        {t('graphiql.saved.title', { count: saved.length })}
      </Button>
      <Button
        icon={<SaveOutlined aria-hidden />}
        onClick={() => setOpen({ kind: 'save', name: operationName ?? '', ...texts() })}
      >
        {t('graphiql.save.open')}
      </Button>
      <Button
        icon={<CodeOutlined aria-hidden />}
        onClick={() => setOpen({ kind: 'copy', given: givenOf(texts(), operationName) })}
      >
        {t('shell.copyAs')}
      </Button>
      {open?.kind === 'list' && <SavedDrawer onClose={close} onOpen={openSaved} />}
      {open?.kind === 'save' && <SaveDialog {...open} onClose={close} />}
      {open?.kind === 'copy' && <CopyDialog given={open.given} onClose={close} />}
    </>,
    bar,
  );
}

/** Undefined if the variables can't be read. Headers are left out: they may hold a token. */
function givenOf(
  { query, variables }: { query: string; variables: string },
  operationName: string | undefined,
): Given | undefined {
  try {
    return { query, variables: tryParseJSONC(variables) ?? {}, operationName };
  } catch {
    return undefined;
  }
}
