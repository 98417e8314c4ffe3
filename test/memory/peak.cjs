// Required before a program: at its end, tells on stderr how many kilobytes of memory it has taken at most.
process.on('exit', () => process.stderr.write(`peak ${process.resourceUsage().maxRSS}\n`));
