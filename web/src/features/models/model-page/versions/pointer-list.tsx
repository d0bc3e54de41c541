import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { VersionedModel } from './documents.ts';
import { LATEST } from './pointers.ts';

type Pointer = VersionedModel['pointers'][number];

/** Which name points to which version. */
export function PointerList(props: {
  pointers: readonly Pointer[];
  /** Left out for who may not change anything. */
  onMove?: (pointer: Pointer) => void;
  onDelete?: (pointer: Pointer) => void;
}) {
  const { t } = useTranslation();
  const { onMove, onDelete } = props;
  return (
    <div>
      <h3>{t('versions.pointers')}</h3>
      <ul className="plain pointers">
        {props.pointers.map((pointer) => (
          <li key={pointer.id}>
            <bdi className="flag">{pointer.name}</bdi>
            <span aria-hidden className="muted">
              →
            </span>
            <span className="hidden">{t('versions.pointsTo')}</span>
            <bdi className="mono">{pointer.modelVersion.label}</bdi>
            {pointer.name === LATEST ? (
              <span className="muted">{t('versions.latest')}</span>
            ) : (
              <span className="version-actions">
                {onMove && (
                  <Button size="small" onClick={() => onMove(pointer)}>
                    {t('versions.move')}
                    <span className="hidden"> {pointer.name}</span>
                  </Button>
                )}
                {onDelete && (
                  <Button size="small" onClick={() => onDelete(pointer)}>
                    {t('versions.deletePointer')}
                    <span className="hidden"> {pointer.name}</span>
                  </Button>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
