import { MoreOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown, Skeleton } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { type Column, DataTable, Scroll } from '../../console/data-table.tsx';
import { useFormat } from '../../console/format.ts';
import { type Answer, isDone, write } from '../../console/forms/answer.ts';
import type { Notice } from '../../console/forms/undo.tsx';
import { useSeen } from '../../console/forms/use-seen.ts';
import { problemOf } from '../../console/forms/user-errors.ts';
import { Section } from '../../console/section.tsx';
import { useSession } from '../../console/session.tsx';
import { stacked } from '../../console/stacked.tsx';
import { Failure } from '../../console/states.tsx';
import { useNarrow } from '../../console/use-narrow.ts';
import { readFragment } from '../../gql/index.ts';
import { DeleteDialog } from '../catalogue/delete-dialog.tsx';

import type { SupplierDetails } from './documents.ts';
import {
  DeleteKeyDocument,
  KeysDocument,
  RestoreKeyDocument,
  SupplierKeyFragment,
  type SupplierKeyRow,
} from './key-documents.ts';
import { EditKey, NewKey, RotateKey, updateKey } from './key-form.tsx';
import { mayManageKeys } from './key-values.ts';
import { latestKey } from './latest.ts';

const deleteKey = write('deleteSupplierKey', DeleteKeyDocument);
const restoreKey = write('restoreSupplierKey', RestoreKeyDocument);

type Asked = { kind: 'new' } | { kind: 'edit' | 'rotate' | 'delete'; key: SupplierKeyRow };

interface Props {
  supplier: SupplierDetails;
  tell: (notice: Notice) => void;
}

/** The keys that the supplier's API is called with. They come in here, and nothing brings them out again. */
export function Keys(props: Props) {
  const { t } = useTranslation();
  const { viewer } = useSession();
  if (!mayManageKeys(viewer)) {
    return (
      <Section title={t('suppliers.keys.title')}>
        <p className="muted">{t('suppliers.keys.forbidden')}</p>
      </Section>
    );
  }
  if (props.supplier.deletedAt) {
    return null;
  }
  return <KeyList {...props} />;
}

function KeyList({ supplier, tell }: Props) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked>();
  const [{ data, error }, execute] = useQuery({
    query: KeysDocument,
    variables: { id: supplier.id },
    requestPolicy: 'cache-and-network',
  });
  const refresh = () => execute({ requestPolicy: 'network-only' });
  const deeds = useDeeds(refresh, tell);
  const found = data?.node?.__typename === 'Supplier' ? data.node.keys : undefined;
  const keys = found?.map((key) => readFragment(SupplierKeyFragment, key));
  const close = () => setAsked(undefined);
  const done = (text: string) => (answer: Answer | undefined) => {
    close();
    refresh();
    if (answer) {
      tell({ text });
    }
  };
  const forms = { supplierId: supplier.id, onClose: close };

  if (!keys) {
    return error ? (
      <Failure error={error} retry={refresh} />
    ) : (
      <Section title={t('suppliers.keys.title')}>
        <Skeleton active title={false} paragraph={{ rows: 2 }} />
      </Section>
    );
  }
  return (
    <Section title={t('suppliers.keys.title')}>
      {keys.length === 0 ? (
        <p className="muted">{t('suppliers.keys.none')}</p>
      ) : (
        <KeyTable
          keys={keys}
          onDeed={(deed, key) =>
            deed === 'on' || deed === 'off'
              ? void deeds.use(key, deed === 'on')
              : setAsked({ kind: deed, key })
          }
        />
      )}
      <Button
        className="history-more"
        icon={<PlusOutlined aria-hidden />}
        onClick={() => setAsked({ kind: 'new' })}
      >
        {t('suppliers.keys.new')}
      </Button>
      {asked?.kind === 'new' && (
        <NewKey
          {...forms}
          onDone={(answer, name) => done(t('suppliers.keys.done.created', { name }))(answer)}
        />
      )}
      {asked?.kind === 'edit' && (
        <EditKey
          {...forms}
          edited={asked.key}
          onDone={(answer, name) => done(t('catalogueViews.saved', { name }))(answer)}
        />
      )}
      {asked?.kind === 'rotate' && (
        <RotateKey
          {...forms}
          rotated={asked.key}
          onDone={(answer, name) => done(t('suppliers.keys.done.rotated', { name }))(answer)}
        />
      )}
      {asked?.kind === 'delete' && (
        <DeleteKey {...forms} deleted={asked.key} remove={deeds.remove} />
      )}
    </Section>
  );
}

function DeleteKey(props: {
  supplierId: string;
  deleted: SupplierKeyRow;
  remove: (key: SupplierKeyRow) => Promise<Answer>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const client = useClient();
  const { supplierId, deleted } = props;
  const { seen, lookAgain } = useSeen(deleted, () => latestKey(client, supplierId, deleted.id));
  return (
    <DeleteDialog
      title={t('catalogueViews.deleteTitle', { name: seen.label })}
      withReason={false}
      onDelete={() => props.remove(seen)}
      lookAgain={lookAgain}
      onClose={props.onClose}
    >
      <p>{t('suppliers.keys.deleteDetail')}</p>
    </DeleteDialog>
  );
}

/** What is done with keys without a form. Keys have no history: a deleted one is restored, not reverted. */
function useDeeds(refresh: () => void, tell: (notice: Notice) => void) {
  const { t, i18n } = useTranslation();
  const client = useClient();

  const restore = async (key: SupplierKeyRow) => {
    const answer = await restoreKey(client, { id: key.id });
    refresh();
    return problemOf(answer, t, i18n.language);
  };
  return {
    async use({ id, label: name, version: expectedVersion }: SupplierKeyRow, isActive: boolean) {
      const answer = await updateKey(client, { id, expectedVersion, isActive });
      refresh();
      const problem = problemOf(answer, t, i18n.language);
      tell(
        problem === undefined
          ? { text: t(`suppliers.keys.done.${isActive ? 'on' : 'off'}`, { name }) }
          : { text: `${name}: ${problem}`, isBad: true },
      );
    },
    async remove(key: SupplierKeyRow) {
      const answer = await deleteKey(client, { id: key.id, expectedVersion: key.version });
      refresh();
      if (isDone(answer)) {
        tell({
          text: t('catalogueViews.deleted', { name: key.label }),
          takeBack: () => restore(key),
        });
      }
      return answer;
    },
  };
}

type KeyDeed = 'edit' | 'rotate' | 'on' | 'off' | 'delete';

function KeyTable(props: {
  keys: readonly SupplierKeyRow[];
  onDeed: (deed: KeyDeed, key: SupplierKeyRow) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const isNarrow = useNarrow();
  const { onDeed } = props;
  const columns = useMemo(
    (): Column<SupplierKeyRow>[] => [
      {
        key: 'label',
        title: t('suppliers.keys.label'),
        isHeader: true,
        render: ({ label, hint }) => (
          <div className="key-name">
            <bdi>{label}</bdi>
            <span className="muted mono">{hint ? `••••${hint}` : '••••'}</span>
          </div>
        ),
      },
      {
        key: 'status',
        title: t('suppliers.keys.status'),
        render: ({ status }) => (
          <span className={`stage key-${status.toLowerCase()}`}>
            {t(`suppliers.keys.statuses.${status}`)}
          </span>
        ),
      },
      {
        key: 'age',
        title: t('suppliers.keys.age'),
        render: ({ ageDays, createdAt }) => (
          <span title={format.moment(createdAt)}>
            {ageDays === 0
              ? t('suppliers.keys.today')
              : t('suppliers.keys.days', { count: ageDays, shown: format.number(ageDays) })}
          </span>
        ),
      },
      {
        key: 'expires',
        title: t('suppliers.keys.expires'),
        render: ({ expiresAt }) =>
          expiresAt ? format.moment(expiresAt) : t('suppliers.keys.never'),
      },
      {
        key: 'used',
        title: t('suppliers.keys.used'),
        render: ({ lastUsedAt }) =>
          lastUsedAt ? format.moment(lastUsedAt) : t('suppliers.keys.neverUsed'),
      },
      {
        key: 'weight',
        title: t('suppliers.keys.weight'),
        align: 'right',
        render: (row) => format.number(row.weight),
      },
      {
        key: 'menu',
        title: t('categories.columns.actions'),
        render: (key) => <Menu row={key} onDeed={onDeed} />,
      },
    ],
    [t, format, onDeed],
  );
  return (
    <Scroll label={t('suppliers.keys.list')}>
      <DataTable
        label={t('suppliers.keys.title')}
        columns={isNarrow ? stacked(columns, 'status', ['menu']) : columns}
        rows={props.keys}
        keyOf={({ id }) => id}
      />
    </Scroll>
  );
}

function Menu({
  row,
  onDeed,
}: {
  row: SupplierKeyRow;
  onDeed: (deed: KeyDeed, key: SupplierKeyRow) => void;
}) {
  const { t } = useTranslation();
  const deeds: KeyDeed[] = [
    'edit',
    // One that another took the place of already is not rotated again.
    ...(row.rotatedAt ? [] : (['rotate'] as const)),
    row.isActive ? 'off' : 'on',
    'delete',
  ];
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      menu={{
        items: deeds.map((deed) => ({
          key: deed,
          label: t(`suppliers.keys.deeds.${deed}`),
          danger: deed === 'delete',
        })),
        onClick: ({ key }) => onDeed(key as KeyDeed, row),
      }}
    >
      <Button
        size="small"
        type="text"
        icon={<MoreOutlined aria-hidden />}
        aria-label={t('categories.menu', { name: row.label })}
      />
    </Dropdown>
  );
}
