import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../console/format.ts';
import type { Version } from './documents.ts';

/** The versions, each with what can be done with it. */
export function VersionList(props: {
  versions: readonly Version[];
  isBusy: boolean;
  onCompare: (version: Version) => void;
  onMore?: () => void;
  /** Left out for who may not change anything. */
  onRollback?: (version: Version) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { onRollback, onMore } = props;
  return (
    <>
      <ul className="plain versions">
        {props.versions.map((version) => (
          <li key={version.id}>
            <div className="version-head">
              <bdi className="mono version-label">{version.label}</bdi>
              {version.pointers.map((pointer) => (
                <bdi key={pointer.id} className="flag">
                  {pointer.name}
                </bdi>
              ))}
              <span className="muted">{format.moment(version.createdAt)}</span>
            </div>
            <div className="version-actions">
              <Button size="small" onClick={() => props.onCompare(version)}>
                {t('versions.compareWithNow')}
                <span className="hidden"> {version.label}</span>
              </Button>
              <Link to="." search={(before) => ({ ...before, at: version.createdAt })}>
                {t('versions.viewThen')}
                <span className="hidden"> {version.label}</span>
              </Link>
              {onRollback && (
                <Button size="small" onClick={() => onRollback(version)}>
                  {t('versions.rollbackTo')}
                  <span className="hidden"> {version.label}</span>
                </Button>
              )}
            </div>
            {version.notes && <p className="overview-text">{version.notes}</p>}
          </li>
        ))}
      </ul>
      {onMore && (
        <Button className="history-more" loading={props.isBusy} onClick={onMore}>
          {t('versions.more')}
        </Button>
      )}
    </>
  );
}
