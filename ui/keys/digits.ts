/** Digits of a fingerprint as somebody reads them aloud: without blanks, small letters. */
export const digitsOf = (text: string): string => text.replace(/[\s-]/g, '').toLowerCase()
