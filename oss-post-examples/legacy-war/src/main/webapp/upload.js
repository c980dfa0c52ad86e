/*
 * Requests a signature from this server, then posts each file to OSS with the fields of old pages.
 */
(function () {
  var grantUrl = document.currentScript.getAttribute("data-grant-url");
  var list = document.getElementById("list");
  var start = document.getElementById("start");
  var waiting = [];
  var grant;

  var chooser = document.getElementById("files");
  chooser.onchange = function () {
    for (var i = 0; i < chooser.files.length; i++) {
      waiting.push({ file: chooser.files[i], row: addRow(chooser.files[i]) });
    }
    chooser.value = "";
    start.disabled = waiting.length === 0;
  };
  if (chooser.files.length) chooser.onchange(); /* The files were chosen before this script ran. */

  start.onclick = function () {
    start.disabled = true;
    next();
  };

  function next() {
    var upload = waiting.shift();
    if (!upload) return;
    withGrant(
      function () {
        send(upload);
      },
      function (reason) {
        show(upload.row, "failed", reason);
        next();
      }
    );
  }

  /* One grant serves many files, until three seconds before it expires. */
  function withGrant(granted, refused) {
    if (grant && grant.expire > Date.now() / 1000 + 3) return granted();
    var xhr = new XMLHttpRequest();
    xhr.open("GET", grantUrl);
    xhr.onload = function () {
      var answer = parse(xhr.responseText);
      if (xhr.status === 200 && answer.policy) {
        grant = answer;
        granted();
      } else {
        refused((answer.detail || "The server answered " + xhr.status + ".") + " " + (answer.fix || ""));
      }
    };
    xhr.onerror = function () {
      refused("The server did not answer. Check the connection and try again.");
    };
    xhr.send();
  }

  function send(upload) {
    var form = new FormData();
    form.append("name", upload.file.name);
    form.append("key", grant.dir + "${filename}"); /* OSS inserts the file's name there. */
    form.append("policy", grant.policy);
    form.append("OSSAccessKeyId", grant.accessid);
    form.append("success_action_status", "200");
    if (grant.callback) form.append("callback", grant.callback);
    form.append("signature", grant.signature);
    form.append("file", upload.file);

    var key = grant.dir + upload.file.name;
    var xhr = new XMLHttpRequest();
    xhr.open("POST", grant.host);
    xhr.upload.onprogress = function (event) {
      upload.row.bar.value = event.loaded / event.total;
      show(upload.row, "sending", Math.round((event.loaded / event.total) * 100) + " %");
    };
    xhr.onload = function () {
      if (xhr.status === 200) {
        upload.row.bar.value = 1;
        show(upload.row, "stored", "Stored as " + key);
      } else {
        show(upload.row, "failed", said(xhr));
      }
      next();
    };
    xhr.onerror = function () {
      show(upload.row, "failed", "OSS could not be reached. The bucket needs a CORS rule that allows this page to POST.");
      next();
    };
    xhr.send(form);
  }

  /* 203 means that OSS stored the file, and that its callback failed. */
  function said(xhr) {
    var message = /<Message>([^<]*)</.exec(xhr.responseText);
    return (xhr.status === 203 ? "Stored, but not confirmed: " : "OSS refused the file: ") + (message ? message[1] : xhr.status);
  }

  function addRow(file) {
    var item = document.createElement("li");
    var name = document.createElement("b");
    var bar = document.createElement("progress");
    var state = document.createElement("span");
    item.setAttribute("data-name", file.name);
    name.textContent = file.name;
    bar.max = 1;
    bar.value = 0;
    state.textContent = "waiting";
    item.appendChild(name);
    item.appendChild(bar);
    item.appendChild(state);
    list.appendChild(item);
    return { item: item, bar: bar, state: state };
  }

  function show(row, state, text) {
    row.item.className = state;
    row.state.textContent = text;
  }

  function parse(text) {
    try {
      return JSON.parse(text);
    } catch (e) {
      return {};
    }
  }
})();
