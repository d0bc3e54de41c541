import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { type Answer, answerOf } from '../../console/forms/answer.ts';
import { LastFields } from '../../console/forms/common-fields.tsx';
import { FormDialog } from '../../console/forms/form-dialog.tsx';
import { categoryName, display, required, rule, slug } from '../../console/forms/rules.ts';
import { CategoryOption, optionsOf } from './category-options.tsx';
import { type CategoryNode, CreateDocument } from './documents.ts';
import { latestCategory } from './latest.ts';
import { type Branch, childrenOf, type Tree } from './tree.ts';
import { updateCategory } from './use-moves.ts';

interface Values {
  displayName: string;
  name: string;
  categoryType: string;
  description: string | null;
  isActive: boolean;
  parentId: string | null;
  reason: string | null;
}

function valuesOf(node: CategoryNode): Values {
  return {
    displayName: node.displayName,
    name: node.name,
    categoryType: node.categoryType,
    description: node.description ?? null,
    isActive: node.isActive,
    parentId: node.parent?.id ?? null,
    reason: null,
  };
}

const NONE: Values = {
  displayName: '',
  name: '',
  categoryType: '',
  description: null,
  isActive: true,
  parentId: null,
  reason: null,
};

/** What a new category may be called, from its display name: as far as that is in Latin letters. */
export function slugOf(displayName: string): string {
  return displayName
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 100);
}

interface Props {
  tree: Tree;
  /** The one that is edited, or the one below which a new one is made. */
  edited?: Branch | undefined;
  parent?: Branch | undefined;
  onDone: (answer: Answer | undefined, id: string | undefined, name: string) => void;
  onClose: () => void;
}

export function CategoryForm({ tree, edited, parent, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  let made: string | undefined;

  const save = async (changed: Partial<Values>, values: Values, expectedVersion?: number) => {
    if (edited) {
      const { parentId: _, ...fields } = changed;
      const input = { id: edited.node.id, expectedVersion: expectedVersion ?? null, ...fields };
      return updateCategory(client, input);
    }
    const last = childrenOf(tree, values.parentId).at(-1);
    const input = { ...values, position: last ? last.place.position + 1 : 0 };
    const { data, error } = await client.mutation(CreateDocument, { input });
    const category = data?.createCategory.category;
    made = category?.id;
    return answerOf(data?.createCategory, error);
  };
  const latest = async () => {
    const now = edited && (await latestCategory(client, edited.node.id));
    return now && { version: now.node.version, values: valuesOf(now.node) };
  };
  const label = (key: keyof Values) =>
    key === 'reason' ? t('forms.reason') : t(`categories.fields.${key}`);

  return (
    <FormDialog<Values>
      title={edited ? t('categories.edit', { name: edited.node.displayName }) : t('categories.new')}
      isNew={!edited}
      initial={edited ? valuesOf(edited.node) : { ...NONE, ...presets(parent) }}
      version={edited?.node.version}
      save={save}
      {...(edited ? { latest } : {})}
      describe={(key, value) => ({
        label: label(key),
        text:
          typeof value === 'boolean' ? t(value ? 'models.yes' : 'models.no') : String(value ?? ''),
      })}
      onDone={(answer, values) => onDone(answer, edited?.node.id ?? made, values.displayName)}
      onClose={onClose}
    >
      <Fields tree={tree} isNew={!edited} label={label} />
    </FormDialog>
  );
}

/** A new category is most often of the kind of those beside it. */
function presets(parent: Branch | undefined): Partial<Values> {
  const kind = parent?.children[0]?.node.categoryType ?? parent?.node.categoryType;
  return { parentId: parent?.node.id ?? null, ...(kind ? { categoryType: kind } : {}) };
}

function Fields(props: { tree: Tree; isNew: boolean; label: (key: keyof Values) => string }) {
  const { t } = useTranslation();
  const { tree, isNew, label } = props;
  const form = Form.useFormInstance<Values>();
  const follow = (text: string) => {
    if (isNew && !form.isFieldTouched('name')) {
      form.setFieldValue('name', slugOf(text));
    }
  };
  return (
    <div className="form-grid">
      <Form.Item
        name="displayName"
        label={label('displayName')}
        rules={[required(t), rule(display, t)]}
      >
        <Input onChange={({ target }) => follow(target.value)} />
      </Form.Item>
      <Form.Item
        name="name"
        label={label('name')}
        extra={t(isNew ? 'categories.nameHint' : 'categories.renameHint')}
        rules={[required(t), rule(categoryName, t)]}
      >
        <Input className="mono" spellCheck={false} autoCapitalize="off" />
      </Form.Item>
      <Form.Item
        name="categoryType"
        label={label('categoryType')}
        extra={t('categories.typeHint')}
        rules={[required(t), rule(slug, t)]}
      >
        <Input className="mono" spellCheck={false} autoCapitalize="off" />
      </Form.Item>
      {isNew && (
        <Form.Item name="parentId" label={label('parentId')}>
          <Select
            allowClear
            placeholder={t('categories.move.root')}
            showSearch={{ optionFilterProp: 'sought' }}
            virtual={false}
            options={optionsOf(tree)}
            optionRender={({ data }) => <CategoryOption {...data} />}
          />
        </Form.Item>
      )}
      <LastFields label={label} />
    </div>
  );
}
