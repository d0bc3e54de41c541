import type { Shape } from './points.ts';

/** What a compared model's point looks like: told apart by its shape, whatever colours one sees. */
export function Mark({ shape }: { shape: Shape }) {
  const className = `dot dot-${shape}`;
  switch (shape) {
    case 'circle':
      return <circle r="6" className={className} />;
    case 'square':
      return <rect x="-5.5" y="-5.5" width="11" height="11" className={className} />;
    case 'triangle':
      return <path d="M0,-7 L7,6 L-7,6 Z" className={className} />;
    case 'diamond':
      return <path d="M0,-8 L7,0 L0,8 L-7,0 Z" className={className} />;
    case 'cross':
      return <path d="M-2,-7 H2 V-2 H7 V2 H2 V7 H-2 V2 H-7 V-2 H-2 Z" className={className} />;
    case 'star':
      return (
        <path
          d="M0,-8 L2.2,-2.8 L7.8,-2.5 L3.5,1.1 L4.9,6.6 L0,3.6 L-4.9,6.6 L-3.5,1.1 L-7.8,-2.5 L-2.2,-2.8 Z"
          className={className}
        />
      );
    default:
      return null;
  }
}
