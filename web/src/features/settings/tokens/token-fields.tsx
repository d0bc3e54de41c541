import { Checkbox, Input, Radio, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { isOfRole, ROLES, SCOPES } from '../rights.ts';
import { EXPIRIES, type Expiry, type FieldName, type TokenForm } from './form.ts';

interface Props {
  form: TokenForm;
  problems: Partial<Record<FieldName, string>>;
  onChange: (form: TokenForm) => void;
}

export function Fields(props: Props) {
  return (
    <>
      <NameField {...props} />
      <RoleField {...props} />
      <ScopeField {...props} />
      <ExpiryField {...props} />
    </>
  );
}

function NameField({ form, problems, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="form-field">
      <label htmlFor={id}>{t('settings.tokens.name')}</label>
      <Input
        id={id}
        autoFocus
        autoComplete="off"
        placeholder="ci"
        value={form.name}
        status={problems.name ? 'error' : ''}
        aria-invalid={problems.name !== undefined}
        aria-describedby={`${id}-note`}
        onChange={({ target }) => onChange({ ...form, name: target.value })}
      />
      <span id={`${id}-note`} className={problems.name ? 'form-problem' : 'muted'}>
        {problems.name ?? t('settings.tokens.nameHint')}
      </span>
    </div>
  );
}

function RoleField({ form, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <fieldset className="form-field">
      <legend id={id}>{t('settings.tokens.role')}</legend>
      <Radio.Group
        aria-labelledby={id}
        options={ROLES.map((value) => ({ value, label: t(`session.roles.${value}`) }))}
        value={form.role}
        onChange={({ target }) => onChange({ ...form, role: target.value as TokenForm['role'] })}
      />
    </fieldset>
  );
}

function ScopeField({ form, problems, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className="form-field">
      <legend>{t('settings.tokens.scopes')}</legend>
      <Checkbox
        checked={form.isLimited}
        onChange={({ target }) => onChange({ ...form, isLimited: target.checked })}
      >
        {t('settings.tokens.limit')}
      </Checkbox>
      {form.isLimited && (
        <div className="form-scopes">
          {SCOPES.filter((scope) => isOfRole(scope, form.role)).map((scope) => (
            <Checkbox
              key={scope}
              checked={form.scopes.includes(scope)}
              onChange={({ target }) =>
                onChange({
                  ...form,
                  scopes: target.checked
                    ? [...form.scopes, scope]
                    : form.scopes.filter((each) => each !== scope),
                })
              }
            >
              {t(`settings.scopes.${scope}`)}
            </Checkbox>
          ))}
        </div>
      )}
      {problems.scopes && <span className="form-problem">{problems.scopes}</span>}
    </fieldset>
  );
}

function ExpiryField({ form, problems, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const problem = problems.expiresAt;
  return (
    <div className="form-field">
      <label htmlFor={id}>{t('settings.tokens.expires')}</label>
      <Select<Expiry>
        id={id}
        options={EXPIRIES.map((value) => ({
          value,
          label: t(`settings.tokens.expiries.${value}`),
        }))}
        value={form.expiry}
        onChange={(expiry) => onChange({ ...form, expiry })}
      />
      {form.expiry === 'day' && (
        <Input
          type="date"
          max="9999-12-31"
          aria-label={t('settings.tokens.expiries.day')}
          value={form.day}
          status={problem ? 'error' : ''}
          onChange={({ target }) => onChange({ ...form, day: target.value })}
        />
      )}
      {problem && <span className="form-problem">{problem}</span>}
    </div>
  );
}
