import type { Config } from 'tailwindcss';

const token = (name: string) => `var(--${name})`;

/** Colours are roles, not hues: what they look like in light and dark is decided once, in src/app/globals.css. */
const config: Config = {
  darkMode: 'class',
  content: ['./src/**/*.{ts,tsx}'],
  theme: {
    extend: {
      colors: {
        surface: token('surface'),
        raised: token('surface-raised'),
        sunken: token('surface-sunken'),
        hover: token('surface-hover'),
        fg: token('text'),
        muted: token('text-muted'),
        faint: token('text-faint'),
        line: token('border'),
        'line-strong': token('border-strong'),
        accent: token('accent'),
        'accent-hover': token('accent-hover'),
        'accent-soft': token('accent-soft'),
        'on-accent': token('on-accent'),
        token: token('token'),
        'token-trained': token('token-trained'),
        good: token('good'),
        'good-soft': token('good-soft'),
        warn: token('warn'),
        'warn-soft': token('warn-soft'),
        bad: token('bad'),
        'bad-soft': token('bad-soft'),
        'on-bad': token('on-bad'),
        info: token('info'),
        'info-soft': token('info-soft'),
      },
      fontFamily: {
        sans: ['var(--font-geist-sans)', 'ui-sans-serif', 'system-ui', 'sans-serif'],
        mono: ['var(--font-geist-mono)', 'ui-monospace', 'monospace'],
      },
      fontSize: {
        xs: ['12px', '16px'],
        sm: ['13px', '18px'],
        base: ['14px', '20px'],
        lg: ['15px', '22px'],
        xl: ['18px', '26px'],
        '2xl': ['24px', '32px'],
      },
      boxShadow: { float: 'var(--shadow-float)' },
      screens: { rail: '900px' },
    },
  },
};
export default config;
