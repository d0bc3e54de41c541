import { Skeleton, type SkeletonProps } from 'antd';
import { useTranslation } from 'react-i18next';

/** Where something will be that is being loaded, roughly in its shape. */
export function Loading({ className, ...shape }: SkeletonProps) {
  const { t } = useTranslation();
  return (
    <div className={className} role="status">
      <span className="hidden">{t('states.loading')}</span>
      <Skeleton active {...shape} />
    </div>
  );
}
