import { Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { type Answer, write } from '../../console/forms/answer.ts';
import { FormDialog } from '../../console/forms/form-dialog.tsx';
import { display, required, rule } from '../../console/forms/rules.ts';
import { useSeen } from '../../console/forms/use-seen.ts';
import {
  CreateKeyDocument,
  RotateKeyDocument,
  type SupplierKeyRow,
  UpdateKeyDocument,
} from './key-documents.ts';
import { fromLocal, later, sealedOr, secret, toLocal, weight } from './key-values.ts';
import { latestKey } from './latest.ts';

const createKey = write('createSupplierKey', CreateKeyDocument);
export const updateKey = write('updateSupplierKey', UpdateKeyDocument);
const rotateKey = write('rotateSupplierKey', RotateKeyDocument);

interface KeyValues {
  label: string;
  secret: string;
  weight: string;
  expiresAt: string | null;
  isActive: boolean;
}

interface Props {
  supplierId: string;
  onDone: (answer: Answer | undefined, label: string) => void;
  onClose: () => void;
}

/** A new key. What is typed here goes to the server and is forgotten with the dialog. */
export function NewKey({ supplierId, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  return (
    <FormDialog<KeyValues>
      title={t('suppliers.keys.new')}
      isNew
      initial={{ label: '', secret: '', weight: '1', expiresAt: null, isActive: true }}
      save={async (_, values) => {
        const answer = await createKey(client, {
          supplierId,
          label: values.label,
          secret: values.secret,
          weight: Number(values.weight || 1),
          expiresAt: fromLocal(values.expiresAt),
          isActive: values.isActive,
        });
        return sealedOr(answer, t);
      }}
      onDone={(answer, { label }) => onDone(answer, label)}
      onClose={onClose}
    >
      <div className="form-grid">
        <Label />
        <Secret label={t('suppliers.keys.secret')} />
        <Expiry />
        <Weight />
        <Active />
      </div>
    </FormDialog>
  );
}

type Known = Omit<KeyValues, 'secret'>;

const knownOf = (key: SupplierKeyRow): Known => ({
  label: key.label,
  weight: String(key.weight),
  expiresAt: toLocal(key.expiresAt),
  isActive: key.isActive,
});

/** What is known about a key. The key itself is not among it. */
export function EditKey(props: Props & { edited: SupplierKeyRow }) {
  const { t } = useTranslation();
  const client = useClient();
  const { edited, supplierId } = props;
  const latest = async () => {
    const key = await latestKey(client, supplierId, edited.id);
    return key && { version: key.version, values: knownOf(key) };
  };
  return (
    <FormDialog<Known>
      title={t('suppliers.keys.edit', { name: edited.label })}
      initial={knownOf(edited)}
      version={edited.version}
      latest={latest}
      describe={(key, value) => ({
        label: t(`suppliers.keys.${key}`),
        text:
          typeof value === 'boolean'
            ? t(value ? 'models.yes' : 'models.no')
            : String(value ?? '').replace('T', ' '),
      })}
      save={({ weight: given, expiresAt, ...changed }, _, expectedVersion) => {
        const input = {
          id: edited.id,
          expectedVersion: expectedVersion ?? null,
          ...changed,
          ...(given === undefined ? {} : { weight: Number(given || 1) }),
          ...(expiresAt === undefined ? {} : { expiresAt: fromLocal(expiresAt) }),
        };
        return updateKey(client, input);
      }}
      onDone={(answer, { label }) => props.onDone(answer, label)}
      onClose={props.onClose}
    >
      <div className="form-grid">
        <Label />
        <Weight />
        <Expiry />
        <Active />
      </div>
    </FormDialog>
  );
}

interface Rotation {
  secret: string;
  expiresAt: string | null;
  overlapMinutes: number;
}

const OVERLAPS = { none: 0, hour: 60, day: 1_440, week: 10_080, month: 43_200 } as const;

/** Another key in the place of one, which may be used for a while still. */
export function RotateKey(props: Props & { rotated: SupplierKeyRow }) {
  const { t } = useTranslation();
  const client = useClient();
  const { rotated, supplierId } = props;
  const { seen, lookAgain } = useSeen(rotated, () => latestKey(client, supplierId, rotated.id));
  const { id, label, version: expectedVersion } = seen;
  return (
    <FormDialog<Rotation>
      title={t('suppliers.keys.rotateTitle', { name: label })}
      saveLabel={t('suppliers.keys.rotateOk')}
      isNew
      initial={{ secret: '', expiresAt: null, overlapMinutes: OVERLAPS.day }}
      save={async (_, values) => {
        const expiresAt = fromLocal(values.expiresAt);
        return sealedOr(await rotateKey(client, { ...values, id, expectedVersion, expiresAt }), t);
      }}
      lookAgain={lookAgain}
      onDone={(answer) => props.onDone(answer, label)}
      onClose={props.onClose}
    >
      <div className="form-grid">
        <Secret label={t('suppliers.keys.newSecret')} />
        <Form.Item
          name="overlapMinutes"
          label={t('suppliers.keys.overlap')}
          extra={t('suppliers.keys.overlapHint')}
        >
          <Select
            options={Object.entries(OVERLAPS).map(([name, value]) => ({
              value,
              label: t(`suppliers.keys.overlaps.${name as keyof typeof OVERLAPS}`),
            }))}
          />
        </Form.Item>
        <Expiry />
      </div>
    </FormDialog>
  );
}

function Label() {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="label"
      label={t('suppliers.keys.label')}
      extra={t('suppliers.keys.labelHint')}
      rules={[required(t), rule(display, t)]}
    >
      <Input autoComplete="off" />
    </Form.Item>
  );
}

/** It is written and never read: not by people beside one, by browsers, or by password managers. */
function Secret({ label }: { label: string }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="secret"
      label={label}
      extra={t('suppliers.keys.secretHint')}
      rules={[required(t), rule(secret, t)]}
    >
      <Input.Password
        visibilityToggle={false}
        // `off` is overheard for passwords; this keeps browsers from filling in one they know.
        autoComplete="new-password"
        data-1p-ignore
        data-lpignore="true"
        spellCheck={false}
      />
    </Form.Item>
  );
}

function Expiry() {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="expiresAt"
      label={t('suppliers.keys.expiresAt')}
      extra={t('suppliers.keys.expiresHint')}
      rules={[rule(later, t)]}
    >
      <Input type="datetime-local" />
    </Form.Item>
  );
}

function Weight() {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="weight"
      label={t('suppliers.keys.weight')}
      extra={t('suppliers.keys.weightHint')}
      rules={[required(t), rule(weight, t)]}
    >
      <Input inputMode="numeric" autoComplete="off" />
    </Form.Item>
  );
}

function Active() {
  const { t } = useTranslation();
  return (
    <Form.Item className="form-wide" name="isActive" valuePropName="checked">
      <Checkbox>{t('suppliers.keys.isActive')}</Checkbox>
    </Form.Item>
  );
}
