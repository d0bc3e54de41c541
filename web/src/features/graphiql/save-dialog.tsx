import { Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as v from 'valibot';
import { useStore } from '../../console/store.ts';
import { useFocusBack } from '../../console/use-focus-back.ts';
import { queryName, savedQueries, withSaved } from './saved-queries.ts';
import { store } from './store-saved.ts';

/** Keeps what is in the tab under a name. */
export function SaveDialog(props: {
  query: string;
  variables: string;
  name: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  useFocusBack();
  const id = useId();
  const saved = useStore(savedQueries);
  const [text, setText] = useState(props.name);
  const [hasFailed, setFailed] = useState(false);
  const name = v.safeParse(queryName, text);
  const isEmpty = props.query.trim() === '';
  const replaces = saved.some((each) => name.success && each.name === name.output);
  const save = () => {
    if (!name.success || isEmpty) {
      return;
    }
    const { query, variables } = props;
    const entry = { name: name.output, query, variables, savedAt: new Date().toISOString() };
    if (store(withSaved(saved, entry))) {
      props.onClose();
    } else {
      setFailed(true);
    }
  };
  const problem = hasFailed
    ? t('graphiql.save.failed')
    : isEmpty
      ? t('graphiql.save.empty')
      : !name.success && text !== ''
        ? t('graphiql.save.badName')
        : undefined;
  return (
    <Modal
      open
      title={t('graphiql.save.title')}
      okText={t(replaces ? 'graphiql.save.replace' : 'graphiql.save.save')}
      okButtonProps={{ disabled: !name.success || isEmpty }}
      cancelText={t('graphiql.save.cancel')}
      onOk={save}
      onCancel={props.onClose}
    >
      <div className="saved">
        <label htmlFor={id}>{t('graphiql.save.name')}</label>
        <Input
          id={id}
          autoFocus
          maxLength={100}
          value={text}
          aria-describedby={`${id}-note`}
          aria-invalid={problem !== undefined}
          onChange={({ target }) => setText(target.value)}
          onPressEnter={save}
        />
        <p id={`${id}-note`} className={problem ? 'saved-problem' : 'muted'} role="status">
          {problem ?? t(replaces ? 'graphiql.save.willReplace' : 'graphiql.save.where')}
        </p>
      </div>
    </Modal>
  );
}
