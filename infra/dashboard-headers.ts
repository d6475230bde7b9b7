/**
 * The headers under which the dashboard is served: CloudFront's and the local hub's are these.
 *
 * Promises: no script but the built files, no frame around the page, no address handed on to anybody, and no call but to its own
 * origin and to where people sign in. Consumers: constructs/dashboard.ts, local/dashboard/serve-dashboard.ts.
 */

/**
 * The one style element that a library writes: React Aria's for presses, `[data-react-aria-pressable]{touch-action:…}`.
 * It is admitted by its digest; test/browser fails on any other violation of the policy.
 */
const PRESS_STYLE = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='"

/** `signInOrigins`: where the sign-in lives when it is not the page's own origin. */
export function contentPolicy(signInOrigins: readonly string[]): string {
  const origins = ["'self'", ...signInOrigins].join(' ')
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${PRESS_STYLE}`,
    "font-src 'self'",
    "img-src 'self'",
    `connect-src ${origins}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    `form-action ${origins}`,
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

export const DASHBOARD_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const

/** Files below it are named by their contents. */
export const ASSETS_PREFIX = '/assets/'
export const CACHE_FOR_EVER = 'public, max-age=31536000, immutable'
export const CACHE_NEVER = 'no-cache'
