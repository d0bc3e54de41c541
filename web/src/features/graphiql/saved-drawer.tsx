import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../console/store.ts';
import { useFocusBack } from '../../console/use-focus-back.ts';
import { save } from '../models/export.ts';
import { SavedItem } from './saved-item.tsx';
import {
  readFile,
  renamed,
  type SavedQuery,
  savedQueries,
  withImported,
  without,
  withSaved,
  writeFile,
} from './saved-queries.ts';
import { store } from './store-saved.ts';

/** The queries that this browser keeps. */
export function SavedDrawer(props: { onClose: () => void; onOpen: (saved: SavedQuery) => void }) {
  const { t } = useTranslation();
  useFocusBack();
  const saved = useStore(savedQueries);
  const [deleted, setDeleted] = useState<SavedQuery>();
  const [told, setTold] = useState('');
  const file = useRef<HTMLInputElement>(null);

  const keep = (queries: readonly SavedQuery[], said = '') => {
    setDeleted(undefined);
    setTold(store(queries) ? said : t('graphiql.save.failed'));
  };
  const take = async (chosen: File | undefined) => {
    const read = chosen && readFile(await chosen.text());
    setDeleted(undefined);
    if (!read) {
      setTold(chosen ? t('graphiql.saved.noFile', { name: chosen.name }) : '');
      return;
    }
    const { queries, added } = withImported(savedQueries.get(), read.queries);
    const parts = [
      t('graphiql.saved.imported', { count: added }),
      read.dropped > 0 ? t('graphiql.saved.dropped', { count: read.dropped }) : [],
    ].flat();
    keep(queries, parts.join(' '));
  };
  return (
    <Drawer open title={t('graphiql.saved.heading')} size={400} onClose={props.onClose}>
      <div className="saved">
        <div className="saved-tools">
          <Button
            size="small"
            icon={<DownloadOutlined aria-hidden />}
            disabled={saved.length === 0}
            onClick={() => save('modelry-queries.json', 'application/json', writeFile(saved))}
          >
            {t('graphiql.saved.export')}
          </Button>
          <Button
            size="small"
            icon={<UploadOutlined aria-hidden />}
            onClick={() => file.current?.click()}
          >
            {t('graphiql.saved.import')}
          </Button>
          <input
            ref={file}
            hidden
            type="file"
            accept=".json,application/json"
            aria-label={t('graphiql.saved.import')}
            onChange={({ target }) => {
              void take(target.files?.[0]);
              // The same file can be chosen again.
              target.value = '';
            }}
          />
        </div>
        <p role="status" className={told || deleted ? undefined : 'hidden'}>
          {deleted ? t('graphiql.saved.deleted', { name: deleted.name }) : told}{' '}
          {deleted && (
            <Button size="small" onClick={() => keep(withSaved(savedQueries.get(), deleted))}>
              {t('graphiql.saved.undo')}
            </Button>
          )}
        </p>
        {saved.length === 0 && <p className="muted">{t('graphiql.saved.empty')}</p>}
        <ul className="saved-list">
          {saved.map((each) => (
            <SavedItem
              key={each.name}
              saved={each}
              isTaken={(name) => name !== each.name && saved.some((other) => other.name === name)}
              onOpen={() => props.onOpen(each)}
              onRename={(name) => keep(renamed(saved, each.name, name))}
              onDelete={() => {
                keep(without(saved, each.name));
                setDeleted(each);
              }}
            />
          ))}
        </ul>
      </div>
    </Drawer>
  );
}
