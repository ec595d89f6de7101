/** Whether `Mod` is the Command key here; the keyboard differs, nothing else does. */
export const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent) && !/like mac/i.test(navigator.userAgent);
