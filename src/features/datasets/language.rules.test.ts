import { describe, expect, it } from 'vitest';
import { languageName, languageOf } from './language.rules';

describe('the language of a text', () => {
  it.each([
    ['en', 'Please check your order number and try again, or ask us for help.'],
    ['en', 'I want to do it on my own but I am not able to.'],
    ['en', 'Do I have to go to a shop to return it?'],
    ['de', 'Ihre Bestellung ist noch nicht auf dem Weg, bitte warten Sie auf die Nachricht.'],
    ['fr', 'Votre commande est partie ce matin et vous pouvez la suivre avec le lien.'],
    ['es', 'Su pedido no está en el almacén, pero puede pedir una devolución para la factura.'],
    ['it', 'Il suo ordine non è ancora partito, ma può seguire la spedizione con questo numero.'],
    ['pt', 'O seu pedido não foi enviado, mas você pode pedir o reembolso para a sua conta.'],
    ['nl', 'Uw bestelling is nog niet verzonden, maar u kunt het pakket volgen met de code.'],
    ['sv', 'Din order är inte skickad än, men du kan följa den på sidan som vi har för det.'],
    ['da', 'Din ordre er ikke sendt, men du kan se hvad der blev betalt af dig og hvordan.'],
    ['fi', 'Tilaus ei ole lähtenyt, mutta voit seurata mitä on tulossa ja miten se kulkee kun se on matkalla.'],
    ['pl', 'Zamówienie nie jest jeszcze w drodze, proszę czekać na wiadomość, która będzie wysłana.'],
    ['cs', 'Objednávka ještě není na cestě, ale může být odeslána při příští příležitosti.'],
    ['tr', 'Siparişiniz yola çıktı ve bir gün sonra size ulaşacak, lütfen bu numara ile takip edin.'],
    ['vi', 'Đơn hàng của bạn đã được gửi và sẽ đến trong một ngày.'],
    ['ru', 'Ваш заказ ещё не отправлен, пожалуйста, подождите.'],
    ['uk', 'Ваше замовлення ще не відправлено, зачекайте, будь ласка, її вже їм готують.'],
    ['zh', '您的订单尚未发货，请稍候。'],
    ['ja', 'ご注文はまだ発送されていません。お待ちください。'],
    ['ko', '주문이 아직 발송되지 않았습니다.'],
    ['ar', 'لم يتم شحن طلبك بعد، يرجى الانتظار.'],
    ['hi', 'आपका ऑर्डर अभी तक नहीं भेजा गया है।'],
    ['el', 'Η παραγγελία σας δεν έχει σταλεί ακόμα.'],
    ['th', 'คำสั่งซื้อของคุณยังไม่ได้จัดส่ง'],
  ])('is %s', (language, text) => {
    expect(languageOf(text)).toBe(language);
  });

  it.each([
    '',
    '  ',
    '42',
    'billing',
    '{"label":"refund","priority":2}',
    'const x = await fetch(url);',
    'AB-1234-Z',
    '👍',
  ])('is not guessed from %j', (text) => {
    expect(languageOf(text)).toBeNull();
  });

  it('is not Greek because of a formula, nor Chinese because of one quoted sign', () => {
    expect(languageOf('The angle α is the sum of β and γ, and it is what you see on the left.')).toBe('en');
    expect(languageOf('The sign 水 is the word for water and it is used in many other words.')).toBe('en');
  });

  it('has a name', () => {
    expect([languageName('de'), languageName('und')]).toEqual(['German', 'unclear']);
  });
});
