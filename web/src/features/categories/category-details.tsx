import { Link } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Fact, Facts } from '../../console/facts.tsx';
import { useFormat } from '../../console/format.ts';
import type { Deed } from './category-tree.tsx';
import type { Branch } from './tree.ts';
import type { Counts } from './use-counts.ts';

/** All there is to know of a category, at the side, with all that can be done with it. */
export function CategoryDetails(props: {
  branch: Branch;
  counts: Counts;
  mayWrite: boolean;
  onDeed: (deed: Deed) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { branch, counts, onDeed } = props;
  const { node, path } = branch;
  const isDeleted = node.deletedAt != null;
  const deeds: readonly Deed[] = isDeleted ? ['restore'] : ['edit', 'add', 'move', 'delete'];
  return (
    <Drawer
      open
      title={<bdi>{node.displayName}</bdi>}
      size={420}
      onClose={props.onClose}
      footer={
        props.mayWrite && (
          <div className="details-deeds">
            {deeds.map((deed) => (
              <Button key={deed} danger={deed === 'delete'} onClick={() => onDeed(deed)}>
                {t(`categories.deeds.${deed}`)}
              </Button>
            ))}
          </div>
        )
      }
    >
      <div className="details">
        {node.description && <p className="details-text">{node.description}</p>}
        <Facts className="details-facts">
          <Fact name={t('categories.fields.path')}>
            <bdi className="mono">{path}</bdi>
          </Fact>
          <Fact name={t('categories.fields.categoryType')}>
            <bdi className="mono">{node.categoryType}</bdi>
          </Fact>
          <Fact name={t('categories.fields.isActive')}>
            {t(node.isActive ? 'models.yes' : 'models.no')}
          </Fact>
          {counts.all !== undefined && counts.own !== undefined && !isDeleted && (
            <>
              <Fact name={t('categories.columns.all')}>
                <Link to="/models" search={{ category: path }}>
                  {format.number(counts.all)}
                </Link>
              </Fact>
              <Fact name={t('categories.columns.own')}>{format.number(counts.own)}</Fact>
            </>
          )}
          <Fact name={t('model.created')}>{format.moment(node.createdAt)}</Fact>
          <Fact name={t('model.updated')}>{format.moment(node.updatedAt)}</Fact>
          {node.deletedAt && (
            <Fact name={t('models.flags.deleted')}>{format.moment(node.deletedAt)}</Fact>
          )}
          <Fact name={t('model.id')}>
            <span className="mono">{node.id}</span>
          </Fact>
          <Fact name={t('model.version')}>{format.number(node.version)}</Fact>
        </Facts>
      </div>
    </Drawer>
  );
}
