import { CheckCircleOutlined, MinusCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { type DocumentType, type FragmentType, graphql, readFragment } from '../../../gql/index.ts';
import { Section } from './section.tsx';
import { Value } from './value.tsx';

const CapabilitiesFragment = graphql(`
  fragment ModelCapabilities on Model {
    id
    capabilities {
      id
      support
      isDefault
      config
      source
      capability {
        id
        name
        displayName
        description
      }
    }
  }
`);

type Known = DocumentType<typeof CapabilitiesFragment>['capabilities'][number];

/** What it can do and what it can't; what is not known is in neither list. */
export function Capabilities(props: { model: FragmentType<typeof CapabilitiesFragment> }) {
  const { t } = useTranslation();
  const { capabilities } = readFragment(CapabilitiesFragment, props.model);
  const supported = capabilities.filter(({ support }) => support === 'SUPPORTED');
  const unsupported = capabilities.filter(({ support }) => support === 'UNSUPPORTED');
  return (
    <Section
      title={t('model.capabilities.title')}
      count={capabilities.length}
      empty={t('model.capabilities.empty')}
    >
      <div className="known">
        {supported.length > 0 && (
          <div>
            <h3>
              <CheckCircleOutlined className="good" /> {t('model.capabilities.supported')}
            </h3>
            <List known={supported} />
          </div>
        )}
        {unsupported.length > 0 && (
          <div>
            <h3>
              <MinusCircleOutlined /> {t('model.capabilities.unsupported')}
            </h3>
            <List known={unsupported} />
          </div>
        )}
      </div>
    </Section>
  );
}

function List({ known }: { known: Known[] }) {
  const { t } = useTranslation();
  return (
    <ul className="plain">
      {known.map(({ id, capability, config, isDefault }) => (
        <li key={id} title={capability.description ?? capability.name}>
          <bdi>{capability.displayName}</bdi>
          {isDefault && <span className="muted"> · {t('model.capabilities.default')}</span>}
          {config != null && (
            <details>
              <summary>{t('model.capabilities.config')}</summary>
              <Value value={config} />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
