import './versions/versions.css';

import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { WhyReadOnly } from '../../../console/as-of/why-read-only.tsx';
import { Section } from '../../../console/section.tsx';
import { useSession } from '../../../console/session.tsx';
import { Failure } from '../../../console/states.tsx';
import { type FragmentType, readFragment } from '../../../gql/index.ts';
import { Comparison } from './versions/comparison.tsx';
import { DeletePointerDialog } from './versions/delete-pointer-dialog.tsx';
import { type Version, type VersionedModel, VersionsFragment } from './versions/documents.ts';
import { PointerDialog } from './versions/pointer-dialog.tsx';
import { PointerList } from './versions/pointer-list.tsx';
import { PublishDialog } from './versions/publish-dialog.tsx';
import { RollbackDialog } from './versions/rollback-dialog.tsx';
import { readSides, type Side, writeSides } from './versions/search.ts';
import { useVersions } from './versions/use-versions.ts';
import { VersionList } from './versions/version-list.tsx';

const route = getRouteApi('/models/$modelId');

type Pointer = VersionedModel['pointers'][number];

type Open =
  | { kind: 'publish' | 'point' }
  | { kind: 'move' | 'unpoint'; pointer: Pointer }
  | { kind: 'rollback'; version: Version };

/** What was published of the model, what points to it, and what differs between versions. */
export function Versions(props: { model: FragmentType<typeof VersionsFragment> }) {
  const { t } = useTranslation();
  const model = readFragment(VersionsFragment, props.model);
  const versions = useVersions(model);
  const { mayWrite } = useSession();
  const { compare } = route.useSearch();
  const navigate = route.useNavigate();
  const [open, setOpen] = useState<Open>();
  const [notice, setNotice] = useState<string>();
  const isChangeable = mayWrite && !model.deletedAt;
  const { totalCount } = model.versions;
  const sides = readSides(compare);
  const show = (next: [Side, Side] | undefined) =>
    void navigate({
      search: (before) => ({ ...before, compare: next && writeSides(next) }),
      resetScroll: false,
      replace: sides !== undefined && next !== undefined,
    });

  return (
    <Section title={t('model.versions.title')} {...(totalCount > 0 && { count: totalCount })}>
      {totalCount === 0 && <p className="muted">{t('model.versions.empty')}</p>}
      <WhyReadOnly />
      {isChangeable && (
        <div className="version-actions">
          <Button onClick={() => setOpen({ kind: 'publish' })}>{t('versions.publishOpen')}</Button>
          {totalCount > 0 && (
            <Button onClick={() => setOpen({ kind: 'point' })}>{t('versions.pointOpen')}</Button>
          )}
        </div>
      )}
      <p role="status" className={notice ? 'good' : 'hidden'}>
        {notice}
      </p>
      {totalCount > 0 && (
        <VersionList
          versions={versions.all}
          isBusy={versions.isLoading}
          onCompare={({ databaseId }) => show([databaseId, 'shown'])}
          {...(versions.hasMore && { onMore: () => void versions.loadMore() })}
          {...(isChangeable && {
            onRollback: (version) => setOpen({ kind: 'rollback', version }),
          })}
        />
      )}
      {versions.error && <Failure error={versions.error} retry={() => void versions.loadMore()} />}
      {model.pointers.length > 0 && (
        <PointerList
          pointers={model.pointers}
          {...(isChangeable && {
            onMove: (pointer) => setOpen({ kind: 'move', pointer }),
            onDelete: (pointer) => setOpen({ kind: 'unpoint', pointer }),
          })}
        />
      )}
      {sides && (
        <Comparison
          basis={props.model}
          modelNumber={model.databaseId}
          versions={versions}
          sides={sides}
          onChange={show}
          onClose={() => show(undefined)}
        />
      )}
      {open && (
        <Dialog
          open={open}
          model={model}
          versions={versions.all}
          onClose={() => setOpen(undefined)}
          onDone={(told) => {
            setOpen(undefined);
            setNotice(told);
          }}
        />
      )}
    </Section>
  );
}

function Dialog(props: {
  open: Open;
  model: VersionedModel;
  versions: readonly Version[];
  onClose: () => void;
  onDone: (notice: string) => void;
}) {
  const { t } = useTranslation();
  const { open, versions, ...rest } = props;
  switch (open.kind) {
    case 'publish':
      return <PublishDialog {...rest} />;
    case 'point':
      return <PointerDialog {...rest} versions={versions} />;
    case 'move':
      return <PointerDialog {...rest} versions={versions} pointer={open.pointer} />;
    case 'unpoint':
      return <DeletePointerDialog {...rest} pointer={open.pointer} />;
    case 'rollback': {
      const { id, label } = open.version;
      return (
        <RollbackDialog
          {...rest}
          to={{ version: id }}
          title={t('versions.rollbackTitle', { label })}
          intro={t('versions.rollbackIntro')}
          onDone={() => rest.onDone(t('versions.rolledBack', { label }))}
        />
      );
    }
  }
}
