import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../console/format.ts';
import type { DifferenceKind } from '../../../../gql/graphql.ts';
import { type FragmentType, readFragment } from '../../../../gql/index.ts';
import { DifferenceFragment } from './documents.ts';
import { bySection, type Detail, type Line } from './lines.ts';
import { useWords } from './use-words.ts';

const SIGNS: Record<DifferenceKind, string> = { ADDED: '+', CHANGED: '~', REMOVED: '−' };

const LONG_TEXT = 160;
const START_OF_TEXT = 90;

/** What differs, section by section. Whether something came or went is told by sign, word and colour. */
export function Differences(props: {
  differences: readonly FragmentType<typeof DifferenceFragment>[];
}) {
  const { t } = useTranslation();
  const sections = bySection(
    props.differences.map((each) => readFragment(DifferenceFragment, each)),
  );
  return (
    <div className="diff">
      {sections.map(([section, lines]) => (
        <div key={section}>
          <h4>
            {t(`versions.sections.${section}`)} <span className="card-count">{lines.length}</span>
          </h4>
          <ul className="plain">
            {lines.map((line) => (
              <li key={line.key} className={`diff-line diff-${line.kind.toLowerCase()}`}>
                <span className="diff-kind">
                  <span aria-hidden className="mono">
                    {SIGNS[line.kind]}
                  </span>{' '}
                  {t(`versions.kinds.${line.kind}`)}
                </span>
                <div className="diff-what">
                  <Name line={line} />
                  {line.details.map((detail) => (
                    <Change key={detail.part ?? ''} detail={detail} line={line} />
                  ))}
                </div>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function Name({ line: { name, section, price } }: { line: Line }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (price) {
    const { component, serviceMode, minContextTokens, currency, validFrom } = price;
    const parts = [
      t(`components.${component}`),
      currency,
      serviceMode === 'STANDARD' ? [] : t(`modes.${serviceMode}`),
      minContextTokens > 0
        ? t('priceHistory.from', { tokens: format.tokens(minContextTokens) })
        : [],
      validFrom ? t('versions.priceFrom', { day: format.day(validFrom) }) : [],
    ];
    return <span className="diff-name">{parts.flat().join(' · ')}</span>;
  }
  if (section === 'fields' && name in FIELDS) {
    return <span className="diff-name">{t(`versions.fields.${name as keyof typeof FIELDS}`)}</span>;
  }
  return <bdi className="diff-name mono">{name}</bdi>;
}

/** The fields that have a name in the console's languages. */
const FIELDS = {
  supplier: true,
  name: true,
  displayName: true,
  description: true,
  modelType: true,
  subType: true,
  lifecycleStage: true,
  isActive: true,
  isDefault: true,
  releasedOn: true,
  knowledgeCutoff: true,
  deprecatedOn: true,
  retiresOn: true,
  successor: true,
  extra: true,
};

function Change({ detail, line }: { detail: Detail; line: Line }) {
  const { t } = useTranslation();
  const write = useWords(line);
  const { kind } = line;
  const { part, before, after } = detail;
  const open = part === 'validUntil' ? t('model.prices.open') : undefined;
  const text = (value: unknown) => (value == null ? open : write(part, value));
  return (
    <div className="diff-change">
      {part && part !== 'value' && part !== 'amount' && (
        <span className="muted">{t(`versions.parts.${part}`)}:</span>
      )}
      {kind !== 'ADDED' && <Side text={text(before)} is="before" />}
      {kind === 'CHANGED' && <span aria-hidden>→</span>}
      {kind !== 'REMOVED' && <Side text={text(after)} is="after" />}
    </div>
  );
}

function Side({ text, is }: { text: string | undefined; is: 'before' | 'after' }) {
  const { t } = useTranslation();
  const Tag = is === 'before' ? 'del' : 'ins';
  return (
    <span className="diff-side">
      <span className="hidden">{t(`model.history.${is}`)}: </span>
      {text === undefined ? (
        <span className="muted">{t('model.history.nothing')}</span>
      ) : (
        <Tag>
          <Text text={text} />
        </Tag>
      )}
    </span>
  );
}

/** A text as it is; a long one by its beginning, until it is unfolded. */
function Text({ text }: { text: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (text.length <= LONG_TEXT) {
    return <bdi className="value mono">{text}</bdi>;
  }
  return (
    <details className="diff-long">
      <summary>
        <bdi className="mono">{text.slice(0, START_OF_TEXT)}…</bdi>{' '}
        <span className="muted">
          {t('versions.characters', { count: text.length, shown: format.number(text.length) })}
        </span>
      </summary>
      <bdi className="value mono">{text}</bdi>
    </details>
  );
}
