import { types } from 'node:util';

/**
 * Lets `instanceof Error` hold for what Node throws, as it does outside of Jest, whose globals are of another realm: the SDK
 * keeps an error as it is only where that holds, and else hides its code.
 */
export function useOneError(): void {
  Object.defineProperty(Error, Symbol.hasInstance, {
    configurable: true,
    value(this: unknown, value: unknown): boolean {
      return this === Error ? types.isNativeError(value) : Function.prototype[Symbol.hasInstance].call(this as Function, value);
    },
  });
}
