import { Alert } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** What went wrong with a form and belongs to none of its fields. Screen readers tell it at once. */
export function Problems({ texts }: { texts: readonly string[] }) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there are others
  useEffect(() => {
    // Not returned: newer browsers answer with a promise, which React would call to clean up.
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [texts]);
  if (texts.length === 0) {
    return null;
  }
  return (
    <div ref={place} className="form-problems-place">
      <Alert
        className="form-problems"
        type="error"
        showIcon
        role="alert"
        title={t('forms.problems')}
        description={
          texts.length === 1 ? (
            texts[0]
          ) : (
            <ul>
              {texts.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          )
        }
      />
    </div>
  );
}
