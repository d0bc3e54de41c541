import '../object-page/object-page.css';
import '../catalogue/catalogue.css';
import './suppliers.css';

import { DeleteOutlined, EditOutlined, UndoOutlined } from '@ant-design/icons';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { WhyReadOnly } from '../../console/as-of/why-read-only.tsx';
import { useFormat } from '../../console/format.ts';
import { type Answer, write } from '../../console/forms/answer.ts';
import { type Notices, UndoBar, useNotices } from '../../console/forms/undo.tsx';
import { useSeen } from '../../console/forms/use-seen.ts';
import { problemOf } from '../../console/forms/user-errors.ts';
import { graphiqlLink } from '../../console/graphiql-link.ts';
import { Loading } from '../../console/loading.tsx';
import { Section } from '../../console/section.tsx';
import { useSession } from '../../console/session.tsx';
import { ShowQuery } from '../../console/show-query.tsx';
import { Failure, NotFound, usePageTitle } from '../../console/states.tsx';
import { Value } from '../../console/value.tsx';
import type { SupplierPageQuery } from '../../gql/graphql.ts';
import { readFragment } from '../../gql/index.ts';
import { DeleteDialog, type Deletion } from '../catalogue/delete-dialog.tsx';
import { SupplierMark } from '../models/marks.tsx';
import {
  DeleteSupplierDocument,
  RestoreSupplierDocument,
  type SupplierDetails,
  SupplierDocument,
  SupplierFragment,
} from './documents.ts';
import { Keys } from './keys.tsx';
import { latestSupplier } from './latest.ts';
import { SupplierFacts } from './supplier-facts.tsx';
import { SupplierForm } from './supplier-form.tsx';
import { SupplierHistory } from './supplier-history.tsx';
import { SupplierModels, SupplierModelsFragment } from './supplier-models.tsx';

const deleteSupplier = write('deleteSupplier', DeleteSupplierDocument);
const restoreSupplier = write('restoreSupplier', RestoreSupplierDocument);

type Node = Extract<SupplierPageQuery['node'], { __typename: 'Supplier' }>;

export function SupplierPage() {
  const { t } = useTranslation();
  const { supplierId } = useParams({ from: '/suppliers/$supplierId' });
  const isNumber = /^\d{1,18}$/.test(supplierId);
  const variables = { id: `Supplier:${supplierId}` };
  const [{ data, error, operation }, execute] = useQuery({
    query: SupplierDocument,
    variables,
    requestPolicy: 'cache-and-network',
    pause: !isNumber,
  });
  // What is left of another supplier's page is not this one's.
  const isOfThis = operation?.variables.id === variables.id;
  const node = isOfThis ? data?.node : undefined;
  const refresh = () => execute({ requestPolicy: 'network-only' });

  if (!isNumber || node === null) {
    const wayOut = <Link to="/suppliers">{t('suppliers.toAll')}</Link>;
    return <NotFound title={t('suppliers.notFound')} wayOut={wayOut} />;
  }
  if (node?.__typename === 'Supplier') {
    return (
      <Loaded
        key={node.id}
        node={node}
        href={graphiqlLink(SupplierDocument, variables)}
        refresh={refresh}
      />
    );
  }
  if (error && isOfThis) {
    return <Failure error={error} retry={refresh} />;
  }
  return <Loading className="page" paragraph={{ rows: 12 }} />;
}

function Loaded({ node, href, refresh }: { node: Node; href: string; refresh: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { mayWrite } = useSession();
  const supplier = readFragment(SupplierFragment, node);
  const models = readFragment(SupplierModelsFragment, node);
  // The history is read anew after each change of this page.
  const [changes, setChanges] = useState(0);
  const renew = () => {
    refresh();
    setChanges((before) => before + 1);
  };
  const notices = useNotices(renew);
  usePageTitle(supplier.displayName ?? supplier.name);
  return (
    <div className="page model">
      <div className="model-top">
        <Link to="/suppliers">← {t('views.suppliers')}</Link>
        <ShowQuery href={href} />
      </div>
      {supplier.deletedAt && (
        <Alert
          type="warning"
          showIcon
          title={t('suppliers.deletedOn', { day: format.moment(supplier.deletedAt) })}
        />
      )}
      <header className="overview">
        <div className="overview-name">
          <SupplierMark name={supplier.displayName ?? supplier.name} />
          <div>
            <h1>
              <bdi>{supplier.displayName ?? supplier.name}</bdi>
            </h1>
            <p className="overview-key">
              <bdi className="mono muted">{supplier.name}</bdi>
              {!supplier.isActive && <span className="flag">{t('models.flags.inactive')}</span>}
            </p>
          </div>
          <WhyReadOnly />
          {mayWrite && (
            <Deeds
              supplier={supplier}
              models={models.models.totalCount}
              notices={notices}
              renew={renew}
            />
          )}
        </div>
        {supplier.description && <p className="overview-text">{supplier.description}</p>}
      </header>
      <div className="model-columns">
        <div className="model-main">
          <SupplierModels supplier={models} />
          <Keys supplier={supplier} tell={notices.tell} />
          {node.extra != null && (
            <Section title={t('model.extra')}>
              <Value value={node.extra} />
            </Section>
          )}
          <SupplierHistory key={changes} id={supplier.id} />
        </div>
        <SupplierFacts supplier={supplier} />
      </div>
      <UndoBar notices={notices} />
    </div>
  );
}

/** What can be done with a supplier as a whole. */
function Deeds(props: {
  supplier: SupplierDetails;
  models: number;
  notices: Notices;
  renew: () => void;
}) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const [asked, setAsked] = useState<'edit' | 'delete'>();
  const { supplier, notices } = props;
  const name = supplier.displayName ?? supplier.name;

  const done = (text: string, answer: Answer) => {
    props.renew();
    notices.tell({ text, changeSets: answer.changeSet === null ? [] : [answer.changeSet] });
  };
  const remove = async (
    { id, version: expectedVersion }: SupplierDetails,
    deletion: Deletion,
  ): Promise<Answer> => {
    const answer = await deleteSupplier(client, { id, expectedVersion, ...deletion });
    if (answer.changeSet === null) {
      props.renew();
    } else {
      done(t('catalogueViews.deleted', { name }), answer);
    }
    return answer;
  };
  const restore = async () => {
    const answer = await restoreSupplier(client, { id: supplier.id });
    const problem = problemOf(answer, t, i18n.language);
    if (problem === undefined) {
      done(t('catalogueViews.restored', { name }), answer);
    } else {
      notices.tell({ text: t('catalogueViews.notRestored', { name, problem }), isBad: true });
    }
  };

  return (
    <div className="overview-flags">
      {supplier.deletedAt ? (
        <Button icon={<UndoOutlined aria-hidden />} onClick={() => void restore()}>
          {t('models.bulk.restore')}
        </Button>
      ) : (
        <>
          <Button icon={<EditOutlined aria-hidden />} onClick={() => setAsked('edit')}>
            {t('suppliers.editButton')}
          </Button>
          <Button danger icon={<DeleteOutlined aria-hidden />} onClick={() => setAsked('delete')}>
            {t('catalogueViews.delete')}
          </Button>
        </>
      )}
      {asked === 'edit' && (
        <SupplierForm
          edited={supplier}
          onDone={(answer) => {
            setAsked(undefined);
            if (answer) {
              done(t('catalogueViews.saved', { name }), answer);
            } else {
              props.renew();
            }
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked === 'delete' && (
        <DeleteSupplier
          supplier={supplier}
          models={props.models}
          remove={remove}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}

function DeleteSupplier(props: {
  supplier: SupplierDetails;
  models: number;
  remove: (supplier: SupplierDetails, deletion: Deletion) => Promise<Answer>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const client = useClient();
  const { supplier, models } = props;
  const { seen, lookAgain } = useSeen(supplier, () => latestSupplier(client, supplier.id));
  return (
    <DeleteDialog
      title={t('catalogueViews.deleteTitle', { name: seen.displayName ?? seen.name })}
      cascade={models > 0 ? t('suppliers.cascade', { count: models }) : undefined}
      onDelete={(deletion) => props.remove(seen, deletion)}
      lookAgain={lookAgain}
      onClose={props.onClose}
    >
      <p>
        {t('suppliers.deleteKeys')} {t('catalogueViews.deleteRestorable')}
      </p>
    </DeleteDialog>
  );
}
