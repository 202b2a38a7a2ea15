/** Length of an IBAN by country. Source: SWIFT, IBAN Registry, release 99. */
const IBAN_LENGTHS =
  'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30';

/** Right length for its country, and remainder 1 when divided by 97 (ISO 13616). */
export function isIban(written: string): boolean {
  const iban = written.replaceAll(' ', '');
  const place = IBAN_LENGTHS.indexOf(iban.slice(0, 2));
  if (place < 0 || place % 4 !== 0 || iban.length !== Number(IBAN_LENGTHS.slice(place + 2, place + 4))) return false;
  let rest = 0;
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/**
 * First digits and lengths of the card networks. A number by chance passes Luhn one time in ten, so they must fit too.
 * Source: ISO/IEC 7812, and the ranges the networks publish.
 */
const CARDS =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|6(?:011|4[4-9]\d|5\d\d)\d{12}|62\d{14,17})$/;

/** A card number of a known network with its check digit (Luhn, ISO/IEC 7812). */
export function isCardNumber(written: string): boolean {
  const digits = written.replaceAll(/[ -]/g, '');
  if (!CARDS.test(digits)) return false;
  let sum = 0;
  for (let i = digits.length - 1, twice = false; i >= 0; i--, twice = !twice) {
    const digit = digits.charCodeAt(i) - 48;
    sum += twice ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  // Many zeros are a placeholder, not a card.
  return sum % 10 === 0 && !/0{8}/.test(digits);
}

const GROUPS = /[ ().\-/]+/;

/**
 * Written as telephone numbers are: with a plus and a country code (E.164: 8 to 15 digits), with the leading zero of a
 * national number and a gap after the area code, or in the North American form 212-555-0199.
 */
export function isPhoneNumber(written: string): boolean {
  const digits = written.replaceAll(/\D/g, '');
  if (/^\(?\+/.test(written)) return /^[1-9]\d{7,14}$/.test(digits) && balanced(written);
  if (/[-./ ()]{3,}/.test(written) || !balanced(written)) return false;
  if (/^\(?[2-9]\d\d\)?[-. ]{0,2}[2-9]?\d\d\d[-. ]\d{4}$/.test(written)) return digits.length === 10;
  const [area = '', ...rest] = written.split(GROUPS).filter((group) => group !== '');
  const isNational = /^0[1-9]\d{1,4}$/.test(area) && rest.length > 0 && rest.every((group) => group.length > 1);
  // Nothing but zeros and ones is an example in base two.
  return isNational && digits.length >= 9 && digits.length <= 13 && /[2-9]/.test(digits);
}

const balanced = (text: string): boolean => text.split('(').length === text.split(')').length;
