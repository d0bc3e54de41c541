import { DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as v from 'valibot';
import { useFormat } from '../../console/format.ts';
import { queryName, type SavedQuery } from './saved-queries.ts';

interface Props {
  saved: SavedQuery;
  isTaken: (name: string) => boolean;
  onOpen: () => void;
  onRename: (name: string) => void;
  onDelete: () => void;
}

export function SavedItem(props: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isRenaming, setRenaming] = useState(false);
  const { name, savedAt } = props.saved;
  if (isRenaming) {
    return <Renaming {...props} onDone={() => setRenaming(false)} />;
  }
  return (
    <li>
      <button type="button" className="saved-open" onClick={props.onOpen}>
        <bdi>{name}</bdi>
        <time dateTime={savedAt}>{format.moment(savedAt)}</time>
      </button>
      <span>
        <Button
          type="text"
          size="small"
          icon={<EditOutlined aria-hidden />}
          aria-label={t('graphiql.saved.rename', { name })}
          onClick={() => setRenaming(true)}
        />
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t('graphiql.saved.delete', { name })}
          onClick={props.onDelete}
        />
      </span>
    </li>
  );
}

function Renaming({ saved, isTaken, onRename, onDone }: Props & { onDone: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState(saved.name);
  const name = v.safeParse(queryName, text);
  const problem = !name.success
    ? t('graphiql.save.badName')
    : isTaken(name.output)
      ? t('graphiql.saved.taken')
      : undefined;
  const take = () => {
    if (name.success && !problem) {
      onDone();
      onRename(name.output);
    }
  };
  return (
    <li>
      <span className="saved-rename">
        <Input
          autoFocus
          maxLength={100}
          aria-label={t('graphiql.save.name')}
          aria-invalid={problem !== undefined}
          aria-describedby={problem ? id : undefined}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onPressEnter={take}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              // The list stays open.
              event.stopPropagation();
              onDone();
            }
          }}
        />
        <Button type="primary" disabled={problem !== undefined} onClick={take}>
          {t('graphiql.saved.takeName')}
        </Button>
      </span>
      {problem && (
        <p id={id} className="saved-problem">
          {problem}
        </p>
      )}
    </li>
  );
}
