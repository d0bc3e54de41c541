import { useTranslation } from 'react-i18next';
import { Fact, Facts } from '../../console/facts.tsx';
import { useFormat } from '../../console/format.ts';
import { Section } from '../../console/section.tsx';
import type { SupplierDetails } from './documents.ts';

/** What a supplier is, at the side. What isn't known is not named. */
export function SupplierFacts({ supplier }: { supplier: SupplierDetails }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { apiKeyRequired } = supplier;
  return (
    <aside className="model-side">
      <Section title={t('model.facts')}>
        <Facts>
          <Fact name={t('suppliers.fields.category')}>{mono(supplier.category)}</Fact>
          <Fact name={t('suppliers.fields.adapter')}>{mono(supplier.adapter)}</Fact>
          <Fact name={t('suppliers.fields.website')}>
            {supplier.website && <Away href={supplier.website} />}
          </Fact>
          <Fact name={t('suppliers.fields.apiDocs')}>
            {supplier.apiDocs && <Away href={supplier.apiDocs} />}
          </Fact>
          <Fact name={t('suppliers.fields.apiUrl')}>{mono(supplier.apiUrl)}</Fact>
          <Fact name={t('suppliers.fields.apiKeyRequired')}>
            {apiKeyRequired == null
              ? t('models.unknown')
              : t(apiKeyRequired ? 'models.yes' : 'models.no')}
          </Fact>
          <Fact name={t('suppliers.fields.logo')}>{mono(supplier.logo)}</Fact>
          <Fact name={t('model.created')}>{format.moment(supplier.createdAt)}</Fact>
          <Fact name={t('model.updated')}>{format.moment(supplier.updatedAt)}</Fact>
          <Fact name={t('model.id')}>{mono(supplier.id)}</Fact>
          <Fact name={t('model.version')}>{format.number(supplier.version)}</Fact>
        </Facts>
      </Section>
    </aside>
  );
}

const mono = (text: string | null | undefined) => text && <bdi className="mono">{text}</bdi>;

/** An address elsewhere. Only what a browser opens as a page is a link. */
function Away({ href }: { href: string }) {
  const text = <bdi>{href.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '')}</bdi>;
  return /^https?:\/\//i.test(href) ? (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  ) : (
    text
  );
}
