const lab = (await import("https://site.example/embed.js"), html`<dgm-lab data="moons" model="realnvp"></dgm-lab>`);
