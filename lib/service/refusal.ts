/** Why a request is not served, in words for the caller. Anything else that is thrown is a fault of the service. */
export class Refusal extends Error {
  constructor(readonly statusCode: 400 | 404 | 405 | 413, message: string) {
    super(message);
    this.name = 'Refusal';
  }
}
