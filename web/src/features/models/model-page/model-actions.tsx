import { EditOutlined, EllipsisOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, readFragment } from '../../../gql/index.ts';
import { DefaultDialog } from './default-dialog.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { EditModel, ModelEditingFragment } from './edit-model.tsx';
import { useEditor } from './editor.tsx';
import { restoreModel, updateModel } from './writes.ts';

/** What can be done with the model as a whole. */
export function ModelActions(props: { model: FragmentType<typeof ModelEditingFragment> }) {
  const { t } = useTranslation();
  const model = readFragment(ModelEditingFragment, props.model);
  const { mayEdit, open, run, client } = useEditor();
  if (!mayEdit) {
    return null;
  }
  const isRetired = model.lifecycleStage === 'RETIRED';
  const unmake = (event: MouseEvent<HTMLElement>) =>
    run(
      event,
      () => updateModel(client, { id: model.id, expectedVersion: model.version, isDefault: false }),
      t('editing.default.unmade'),
    );
  return (
    <>
      <Button
        icon={<EditOutlined aria-hidden />}
        onClick={() => open((close) => <EditModel model={model} close={close} />)}
      >
        {t('editing.edit')}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            model.isDefault
              ? { key: 'unmake', label: t('editing.default.unmake') }
              : {
                  key: 'make',
                  label: t('editing.default.make'),
                  disabled: isRetired,
                  ...(isRetired ? { title: t('editing.default.retired') } : {}),
                },
            { type: 'divider' },
            { key: 'delete', label: t('editing.deletion.delete'), danger: true },
          ],
          onClick: ({ key, domEvent }) => {
            if (key === 'unmake') {
              unmake(domEvent as MouseEvent<HTMLElement>);
            } else if (key === 'make') {
              open((close) => <DefaultDialog model={model} close={close} />);
            } else {
              open((close) => <DeleteDialog model={model} close={close} />);
            }
          },
        }}
      >
        <Button icon={<EllipsisOutlined aria-hidden />} aria-label={t('editing.more')}>
          <span className="model-more">{t('editing.moreShort')}</span>
        </Button>
      </Dropdown>
    </>
  );
}

/** The way back for a deleted model. */
export function RestoreModel({ id }: { id: string }) {
  const { t } = useTranslation();
  const { client, run } = useEditor();
  return (
    <Button
      size="small"
      onClick={(event) =>
        run(event, () => restoreModel(client, { id }), t('editing.deletion.restored'))
      }
    >
      {t('editing.deletion.restore')}
    </Button>
  );
}
