import { SwapOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useAsOf } from '../../../../console/as-of/as-of-context.ts';
import { graphiqlLink } from '../../../../console/graphiql-link.ts';
import { Loading } from '../../../../console/loading.tsx';
import { ShowQuery } from '../../../../console/show-query.tsx';
import { Failure } from '../../../../console/states.tsx';
import type { ModelStateRef } from '../../../../gql/graphql.ts';
import { Differences } from './differences.tsx';
import { CompareDocument } from './documents.ts';
import type { Side } from './search.ts';
import type { Versions } from './use-versions.ts';

interface Props {
  /** The page's model: when it changes, so may what differs. */
  basis: unknown;
  modelNumber: number;
  versions: Versions;
  sides: [Side, Side];
  onChange: (sides: [Side, Side]) => void;
  onClose: () => void;
}

/** What differs between any two versions, or a version and the model as it is shown. */
export function Comparison({ basis, modelNumber, versions, sides, onChange, onClose }: Props) {
  const { t } = useTranslation();
  const moment = useAsOf();
  const [before, after] = sides;
  const variables = useMemo(() => {
    const ref = (side: Side): ModelStateRef =>
      side === 'shown'
        ? { model: `Model:${modelNumber}`, ...(moment && { time: moment }) }
        : { version: `ModelVersion:${side}` };
    return { a: ref(before), b: ref(after) };
  }, [modelNumber, moment, before, after]);

  // A shared address may be about a version that isn't listed yet.
  const { all, hasMore, isLoading, error, loadMore } = versions;
  const isMissing = sides.some(
    (side) => side !== 'shown' && !all.some(({ databaseId }) => databaseId === side),
  );
  useEffect(() => {
    if (isMissing && hasMore && !isLoading && !error) {
      void loadMore();
    }
  }, [isMissing, hasMore, isLoading, error, loadMore]);

  const options: { value: Side; label: string }[] = [
    { value: 'shown', label: t(moment ? 'versions.thisMoment' : 'versions.now') },
    ...all.map(({ databaseId, label }) => ({ value: databaseId, label })),
  ];
  const select = (label: string, value: Side, onSelect: (side: Side) => void) => (
    <Select<Side>
      aria-label={label}
      className="compare-side"
      value={value}
      onChange={onSelect}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
    />
  );
  return (
    <section className="versions-compare" aria-label={t('versions.comparison')}>
      <div className="versions-compare-head">
        <h3>{t('versions.comparison')}</h3>
        <ShowQuery href={graphiqlLink(CompareDocument, variables)} />
        <Button onClick={onClose}>{t('versions.close')}</Button>
      </div>
      <div className="compare-sides">
        {select(t('versions.before'), before, (side) => onChange([side, after]))}
        <Button
          icon={<SwapOutlined aria-hidden />}
          aria-label={t('versions.swap')}
          onClick={() => onChange([after, before])}
        />
        {select(t('versions.after'), after, (side) => onChange([before, side]))}
      </div>
      <Answer basis={basis} variables={variables} />
    </section>
  );
}

function Answer({
  basis,
  variables,
}: {
  basis: unknown;
  variables: { a: ModelStateRef; b: ModelStateRef };
}) {
  const { t } = useTranslation();
  const [{ data, error, operation }, execute] = useQuery({
    query: CompareDocument,
    variables,
    requestPolicy: 'cache-and-network',
  });
  const seen = useRef(basis);
  useEffect(() => {
    if (seen.current !== basis) {
      seen.current = basis;
      execute({ requestPolicy: 'network-only' });
    }
  }, [basis, execute]);
  const isOfThese = operation?.variables === variables || !operation;
  const comparison = isOfThese ? data?.compareModelVersions : undefined;
  if (error && !comparison) {
    return <Failure error={error} retry={() => execute({ requestPolicy: 'network-only' })} />;
  }
  if (!comparison) {
    return <Loading title={false} />;
  }
  return (
    <>
      <p role="status" className={comparison.identical ? 'muted' : 'hidden'}>
        {comparison.identical
          ? t('versions.identical')
          : t('versions.differ', { count: comparison.differences.length })}
      </p>
      <Differences differences={comparison.differences} />
    </>
  );
}
