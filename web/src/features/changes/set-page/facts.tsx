import { useTranslation } from 'react-i18next';
import { Fact, Facts } from '../../../console/facts.tsx';
import { useFormat } from '../../../console/format.ts';
import { Section } from '../../../console/section.tsx';
import { type FragmentType, readFragment } from '../../../gql/index.ts';
import { ChangeSetLink, numberOf } from '../object-link.tsx';
import { ChangeSetFactsFragment } from './documents.ts';

/** Who made it, when, how and why. */
export function ChangeSetFacts(props: { set: FragmentType<typeof ChangeSetFactsFragment> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const set = readFragment(ChangeSetFactsFragment, props.set);
  const { source } = set;
  const linkTo = (other: { id: string } | null | undefined) =>
    other && (
      <ChangeSetLink id={other.id}>
        {t('changes.set.number', { number: numberOf(other.id) })}
      </ChangeSetLink>
    );
  return (
    <aside className="model-side">
      <Section title={t('changes.set.facts')}>
        <Facts>
          <Fact name={t('changes.set.actor')}>
            <bdi>{set.actor}</bdi>
          </Fact>
          <Fact name={t('changes.set.when')}>
            <time dateTime={set.createdAt} title={set.createdAt}>
              {format.moment(set.createdAt)}
            </time>
          </Fact>
          <Fact name={t('changes.set.channel')}>{t(`changes.channels.${set.channel}`)}</Fact>
          <Fact name={t('changes.set.operation')}>
            {set.operation && <span className="mono">{set.operation}</span>}
          </Fact>
          <Fact name={t('changes.set.reason')}>
            {set.reason && <span className="set-reason">{set.reason}</span>}
          </Fact>
          <Fact name={t('changes.set.file')}>{source?.name && <bdi>{source.name}</bdi>}</Fact>
          <Fact name={t('changes.set.format')}>{source?.format}</Fact>
          <Fact name={t('changes.set.date')}>{source?.date && format.day(source.date)}</Fact>
          <Fact name={t('changes.set.hash')}>
            {source?.hash && <span className="mono">{source.hash}</span>}
          </Fact>
          <Fact name={t('changes.set.request')}>
            {set.requestId && <bdi className="mono">{set.requestId}</bdi>}
          </Fact>
          <Fact name={t('changes.set.reverts')}>{linkTo(set.reverts)}</Fact>
          <Fact name={t('changes.set.revertedBy')}>{linkTo(set.revertedBy)}</Fact>
        </Facts>
      </Section>
    </aside>
  );
}
