/** What is used of picomatch, which comes without types. https://github.com/micromatch/picomatch#api */
declare module 'picomatch' {
  interface Matcher {
    (text: string): boolean;
    readonly state: { readonly negated: boolean };
  }
  /** @param returnState `true` for a matcher that tells whether the pattern began with `!` */
  export default function picomatch(pattern: string, options: undefined, returnState: true): Matcher;
}
