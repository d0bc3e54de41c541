import { Link } from '@tanstack/react-router';
import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../../console/forms/form-dialog.tsx';
import { required } from '../../../console/forms/rules.ts';
import { type FragmentType, graphql, readFragment } from '../../../gql/index.ts';
import { CategoryPicker } from '../model-form/category-picker.tsx';
import { AddButton } from './edit-buttons.tsx';
import { useEditor } from './editor.tsx';
import { Removable } from './removable.tsx';
import { attachCategories, detachCategories } from './writes.ts';

export const CategoriesFragment = graphql(`
  fragment ModelPlaces on Model {
    id
    categories {
      id
      path
      displayName
    }
  }
`);

/** Where a model is in the tree of categories. */
export function Categories(props: { model: FragmentType<typeof CategoriesFragment> }) {
  const { t } = useTranslation();
  const model = readFragment(CategoriesFragment, props.model);
  const { client } = useEditor();
  return (
    <>
      {model.categories.length === 0 && <span className="fact-line">{t('model.none')}</span>}
      {model.categories.map(({ id, path, displayName }) => (
        <Removable
          key={id}
          name={displayName}
          remove={() => detachCategories(client, { modelId: model.id, categories: [id] })}
          removed={t('editing.categories.removed', { name: displayName })}
        >
          <Link to="/models" search={{ category: path }} title={path}>
            <bdi>{displayName}</bdi>
          </Link>
        </Removable>
      ))}
      <AddButton
        label={t('editing.categories.add')}
        dialog={(close) => (
          <AddCategories
            modelId={model.id}
            known={model.categories.map(({ id }) => id)}
            close={close}
          />
        )}
      />
    </>
  );
}

function AddCategories(props: { modelId: string; known: readonly string[]; close: () => void }) {
  const { t } = useTranslation();
  const { client, saved } = useEditor();
  return (
    <FormDialog<{ categories: string[] }>
      title={t('editing.categories.add')}
      width={520}
      initial={{ categories: [] }}
      isNew
      saveLabel={t('editing.add')}
      save={(_, { categories }) => attachCategories(client, { modelId: props.modelId, categories })}
      onDone={(answer, { categories }) =>
        saved(answer, t('editing.categories.added', { count: categories.length }))
      }
      onClose={props.close}
    >
      <Form.Item
        name="categories"
        label={t('editing.categories.choose')}
        rules={[{ ...required(t), type: 'array' } as ReturnType<typeof required>]}
      >
        <CategoryPicker except={props.known} />
      </Form.Item>
    </FormDialog>
  );
}
