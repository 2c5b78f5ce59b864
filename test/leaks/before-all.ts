export { begin as default } from './receipt';
