import { CheckCircleOutlined, EditOutlined, MinusCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Section } from '../../../console/section.tsx';
import { Value } from '../../../console/value.tsx';
import { type DocumentType, type FragmentType, graphql, readFragment } from '../../../gql/index.ts';
import { CapabilityDialog } from './capability-dialog.tsx';
import { AddButton } from './edit-buttons.tsx';
import { useEditor } from './editor.tsx';
import { Removable } from './removable.tsx';
import { detachCapabilities } from './writes.ts';

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

export type Known = DocumentType<typeof CapabilitiesFragment>['capabilities'][number];

/** What it can do and what it can't; what is not known is in neither list. */
export function Capabilities(props: { model: FragmentType<typeof CapabilitiesFragment> }) {
  const { t } = useTranslation();
  const { id, capabilities } = readFragment(CapabilitiesFragment, props.model);
  const supported = capabilities.filter(({ support }) => support === 'SUPPORTED');
  const unsupported = capabilities.filter(({ support }) => support === 'UNSUPPORTED');
  return (
    <Section
      title={t('model.capabilities.title')}
      count={capabilities.length}
      empty={t('model.capabilities.empty')}
      actions={
        <AddButton
          label={t('editing.capabilities.add')}
          dialog={(close) => (
            <CapabilityDialog
              modelId={id}
              taken={capabilities.map(({ capability }) => capability.id)}
              close={close}
            />
          )}
        />
      }
    >
      <div className="known-lists">
        {supported.length > 0 && (
          <div>
            <h3>
              <CheckCircleOutlined className="good" aria-hidden />{' '}
              {t('model.capabilities.supported')}
            </h3>
            <List modelId={id} known={supported} />
          </div>
        )}
        {unsupported.length > 0 && (
          <div>
            <h3>
              <MinusCircleOutlined aria-hidden /> {t('model.capabilities.unsupported')}
            </h3>
            <List modelId={id} known={unsupported} />
          </div>
        )}
      </div>
    </Section>
  );
}

function List({ modelId, known }: { modelId: string; known: Known[] }) {
  return (
    <ul className="plain">
      {known.map((each) => (
        <li key={each.id} title={each.capability.description ?? each.capability.name}>
          <Item modelId={modelId} known={each} />
        </li>
      ))}
    </ul>
  );
}

function Item({ modelId, known }: { modelId: string; known: Known }) {
  const { t } = useTranslation();
  const { mayEdit, open, client } = useEditor();
  const { capability, config, isDefault } = known;
  const name = capability.displayName;
  return (
    <>
      <Removable
        name={name}
        remove={() => detachCapabilities(client, { modelId, capabilities: [capability.id] })}
        removed={t('editing.capabilities.removed', { name })}
      >
        <span>
          <bdi>{name}</bdi>
          {isDefault && <span className="muted"> · {t('model.capabilities.default')}</span>}
        </span>
        {mayEdit && (
          <Button
            type="text"
            size="small"
            icon={<EditOutlined aria-hidden />}
            aria-label={t('editing.change', { name })}
            onClick={() =>
              open((close) => <CapabilityDialog modelId={modelId} known={known} close={close} />)
            }
          />
        )}
      </Removable>
      {config != null && (
        <details>
          <summary>{t('model.capabilities.config')}</summary>
          <Value value={config} />
        </details>
      )}
    </>
  );
}
