// Words of money that pages need without the schemas: a list in the browser checks nothing.

export const priceUnits = ['training_token', 'input_token', 'cached_input_token', 'output_token', 'hour'] as const;

export const ledgerKinds = ['hold', 'release', 'charge', 'refund'] as const;
