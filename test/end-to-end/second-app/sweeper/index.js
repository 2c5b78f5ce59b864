exports.handler = async (event) => ({ swept: event.count ?? 0, size: process.env.SIZE });
