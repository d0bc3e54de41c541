import '../../../console/section.css';
import '../../object-page/object-page.css';

import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Form, Select } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { WhyReadOnly } from '../../../console/as-of/why-read-only.tsx';
import { answerOf } from '../../../console/forms/answer.ts';
import { EditingForm } from '../../../console/forms/editing-form.tsx';
import { freeName, required } from '../../../console/forms/rules.ts';
import { type Editing, useEditing } from '../../../console/forms/use-editing.tsx';
import { graphiqlLink } from '../../../console/graphiql-link.ts';
import { mayWrite, useSession, type Viewer } from '../../../console/session.tsx';
import { ShowQuery } from '../../../console/show-query.tsx';
import { usePageTitle } from '../../../console/states.tsx';
import { lastSearch } from '../last-search.ts';
import { CategoryPicker } from '../model-form/category-picker.tsx';
import type { Choice } from '../model-form/found-select.tsx';
import { ModelFields } from '../model-form/model-fields.tsx';
import { inputOf, type ModelValues, NEW_MODEL } from '../model-form/model-values.ts';
import { SupplierPicker } from '../model-form/pickers.tsx';
import { CreateModelDocument, SupplierDocument } from './create-model.ts';

interface Values extends ModelValues {
  supplier: Choice | null;
  aliases: string[];
  categories: string[];
}

const MOST_ALIASES = 100;
const EMPTY: Values = { ...NEW_MODEL, supplier: null, aliases: [], categories: [] };

/** What a program would send at least. */
const SAMPLE = { input: { supplierId: 'Supplier:1', name: '', modelType: 'LANGUAGE' as const } };

/** Which field of the form an error of the input belongs to. */
const FIELDS: Record<string, string> = { supplierId: 'supplier', successorId: 'successor' };

export function NewModelPage() {
  const { t } = useTranslation();
  const { mayWrite: mayWriteNow, viewer } = useSession();
  usePageTitle(t('editing.newModel.title'));
  // Who began may go on: the session may end while something is being typed.
  const mayBegin = useRef(false);
  mayBegin.current ||= mayWriteNow;
  if (viewer && !mayBegin.current) {
    return <ReadOnly viewer={viewer} />;
  }
  return mayBegin.current ? <NewModel /> : null;
}

function ReadOnly({ viewer }: { viewer: Viewer }) {
  const { t } = useTranslation();
  // Who may in the present is told the way there.
  const isPast = mayWrite(viewer);
  return (
    <section className="state">
      <h1>{t(isPast ? 'editing.newModel.title' : 'editing.newModel.forbidden')}</h1>
      {isPast ? <WhyReadOnly /> : <p className="muted">{t('editing.newModel.forbiddenDetail')}</p>}
      <div className="state-action">
        {viewer.isAnonymous && <Link to="/sign-in">{t('session.signIn')}</Link>}
        <Link to="/models">{t('states.toModels')}</Link>
      </div>
    </section>
  );
}

function useCreating() {
  const client = useClient();
  const navigate = useNavigate();
  const made = useRef<number>(undefined);
  return useEditing<Values>({
    initial: EMPTY,
    isNew: true,
    pathOf: ({ field: [first = '', ...rest] }) => [FIELDS[first] ?? first, ...rest],
    save: async (_, { supplier, aliases, categories, ...model }) => {
      const input = {
        ...inputOf(model),
        supplierId: supplier?.value ?? '',
        name: model.name,
        modelType: model.modelType,
        aliases,
        categories,
      };
      const { data, error } = await client.mutation(CreateModelDocument, { input });
      made.current = data?.createModel.model?.databaseId;
      return answerOf(data?.createModel, error);
    },
    onDone: () =>
      void navigate({ to: '/models/$modelId', params: { modelId: String(made.current) } }),
  });
}

function NewModel() {
  const { t } = useTranslation();
  const editing = useCreating();
  useGivenSupplier(editing);
  return (
    <div className="page model new-model">
      <div className="model-top">
        <Link to="/models" search={lastSearch.get()}>
          ← {t('model.back')}
        </Link>
        <ShowQuery href={graphiqlLink(CreateModelDocument, SAMPLE)} />
      </div>
      <h1>{t('editing.newModel.title')}</h1>
      <section className="card" aria-label={t('editing.newModel.title')}>
        <EditingForm
          editing={editing}
          actions={
            <Button type="primary" htmlType="submit" loading={editing.isBusy}>
              {t('editing.newModel.create')}
            </Button>
          }
        >
          <Fields />
          <p className="muted">{t('editing.newModel.later')}</p>
        </EditingForm>
      </section>
      {editing.guard.question}
    </div>
  );
}

function Fields() {
  const { t } = useTranslation();
  const form = Form.useFormInstance<Values>();
  const aliasProblem = (aliases: string[]): string | undefined => {
    if (aliases.length > MOST_ALIASES) {
      return t('editing.newModel.aliasesMany');
    }
    if (aliases.includes(form.getFieldValue('name'))) {
      return t('editing.aliases.own');
    }
    const wrong = aliases.find((alias) => freeName(alias, t) !== undefined);
    return wrong === undefined ? undefined : `${wrong}: ${freeName(wrong, t)}`;
  };
  return (
    <>
      <Form.Item<Values>
        name="supplier"
        label={t('editing.newModel.supplier')}
        rules={[{ ...required(t), type: 'object' } as ReturnType<typeof required>]}
      >
        <SupplierPicker />
      </Form.Item>
      <ModelFields />
      <div className="form-grid">
        <Form.Item<Values>
          name="aliases"
          label={t('editing.newModel.aliases')}
          extra={t('editing.newModel.aliasesHint')}
          dependencies={['name']}
          rules={[
            {
              validator: (_, aliases: string[] = []) => {
                const problem = aliasProblem(aliases);
                return problem === undefined
                  ? Promise.resolve()
                  : Promise.reject(new Error(problem));
              },
            },
          ]}
        >
          <Select mode="tags" open={false} suffix={null} />
        </Form.Item>
        <Form.Item<Values> name="categories" label={t('model.categories')}>
          <CategoryPicker />
        </Form.Item>
      </div>
    </>
  );
}

/** The supplier that the address names is chosen already. */
function useGivenSupplier({ form }: Editing<Values>) {
  const { supplier: id } = useSearch({ from: '/models/new' });
  const [{ data }] = useQuery({
    query: SupplierDocument,
    variables: { id: id ?? '' },
    pause: id === undefined,
  });
  const supplier = data?.node && 'name' in data.node ? data.node : undefined;
  useEffect(() => {
    if (supplier && !form.getFieldValue('supplier')) {
      const label = supplier.displayName ?? supplier.name;
      form.setFieldValue('supplier', { value: supplier.id, label });
    }
  }, [supplier, form]);
}
