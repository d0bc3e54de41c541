import { Form, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { FormDialog } from '../../../../console/forms/form-dialog.tsx';
import { required, rule, slug } from '../../../../console/forms/rules.ts';
import type { Version, VersionedModel } from './documents.ts';
import { expectedVersionOf, knownVersions, pointerOf } from './pointers.ts';
import { useLatest } from './use-latest.ts';
import { setPointer } from './writes.ts';

const USUAL_NAMES = ['production', 'staging', 'canary'];

interface Values {
  name: string;
  versionId: string | null;
}

/** Points a name to a version: a new name, or one that points elsewhere now. */
export function PointerDialog(props: {
  model: VersionedModel;
  versions: readonly Version[];
  /** The pointer to move; a new one is made without. */
  pointer?: VersionedModel['pointers'][number];
  onClose: () => void;
  onDone: (notice: string) => void;
}) {
  const { t } = useTranslation();
  const { model, pointer } = props;
  const client = useClient();
  const readModel = useLatest(model.id);
  // A name that others set meanwhile is not moved unseen.
  const [seen] = useState(model);
  const versions = knownVersions(props.versions, model.pointers);
  const labelOf = (id: unknown) => versions.find((each) => each.id === id)?.label ?? '';

  const save = async (values: Values, version: number | undefined) => {
    const expectedVersion = version ?? (await expectedVersionOf(values.name, seen, readModel));
    return setPointer(client, { modelId: model.id, ...values, expectedVersion });
  };
  const latest = async ({ name }: Values) => {
    const now = await readModel();
    const theirs = now && pointerOf(now, name);
    return (
      theirs && { version: theirs.version, values: { name, versionId: theirs.modelVersion.id } }
    );
  };

  return (
    <FormDialog<Values>
      title={pointer ? t('versions.moveTitle', { name: pointer.name }) : t('versions.pointTitle')}
      width={520}
      initial={{
        name: pointer?.name ?? '',
        versionId: pointer?.modelVersion.id ?? versions[0]?.id ?? null,
      }}
      version={pointer?.version}
      isNew={!pointer}
      saveLabel={t(pointer ? 'versions.move' : 'versions.point')}
      save={(_, values, version) => save(values, version)}
      latest={latest}
      describe={(key, value) =>
        key === 'name'
          ? { label: t('versions.pointerName'), text: String(value) }
          : { label: t('versions.version'), text: labelOf(value) }
      }
      onDone={(answer, { name, versionId }) =>
        answer
          ? props.onDone(t('versions.pointed', { name, label: labelOf(versionId) }))
          : props.onClose()
      }
      onClose={props.onClose}
    >
      {pointer ? (
        <p className="muted">{t('versions.pointsNow', { label: pointer.modelVersion.label })}</p>
      ) : (
        <NameField />
      )}
      <Form.Item<Values> name="versionId" label={t('versions.version')} rules={[required(t)]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={versions.map(({ id, label }) => ({ value: id, label }))}
        />
      </Form.Item>
    </FormDialog>
  );
}

function NameField() {
  const { t } = useTranslation();
  const listId = useId();
  return (
    <>
      <p className="muted">{t('versions.pointIntro')}</p>
      <Form.Item<Values>
        name="name"
        label={t('versions.pointerName')}
        rules={[required(t), rule(slug, t)]}
      >
        <Input list={listId} className="mono" autoComplete="off" spellCheck={false} />
      </Form.Item>
      <datalist id={listId}>
        {USUAL_NAMES.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </>
  );
}
