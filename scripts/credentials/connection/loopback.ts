/** Whether `hostname`, as a URL gives it, never leaves this machine (RFC 6761, RFC 1122). */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
