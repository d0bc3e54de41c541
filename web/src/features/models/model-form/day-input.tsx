import { CalendarOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  id?: string;
  value?: string | null;
  onChange?: (value: string) => void;
  onBlur?: () => void;
  placeholder?: string;
}

/** A day as text, which can be typed and pasted, or chosen in the browser's own calendar. */
export function DayInput({ id, value, onChange, onBlur, placeholder, ...rest }: Props) {
  const { t } = useTranslation();
  const calendar = useRef<HTMLInputElement>(null);
  return (
    <span className="day">
      <Input
        {...rest}
        {...(id ? { id } : {})}
        value={value ?? ''}
        placeholder={placeholder ?? 'YYYY-MM-DD'}
        onChange={(event) => onChange?.(event.target.value.trim())}
        onBlur={onBlur}
        autoComplete="off"
      />
      <Button
        type="text"
        icon={<CalendarOutlined aria-hidden />}
        aria-label={t('editing.model.calendar')}
        onClick={() => calendar.current?.showPicker()}
      />
      <input
        ref={calendar}
        type="date"
        className="day-calendar"
        tabIndex={-1}
        aria-hidden
        value={/^\d{4}-\d{2}-\d{2}$/.test(value ?? '') ? (value as string) : ''}
        onChange={(event) => onChange?.(event.target.value)}
      />
    </span>
  );
}
